"""登记 → 筛选 → 议事 → 公示 → 项目 → 回音: which stages each step of a need's way has."""

from db.terms import NeedStage, NeedStep

STAGES: dict[NeedStep, tuple[NeedStage, ...]] = {
    NeedStep.LOG: (NeedStage.LOGGED,),
    NeedStep.SCREEN: (NeedStage.REGISTERED, NeedStage.SCREENING, NeedStage.SCREENED),
    NeedStep.COUNCIL: (NeedStage.FOR_COUNCIL, NeedStage.ON_AGENDA),
    NeedStep.NOTICE: (NeedStage.NOTICE,),
    NeedStep.PROJECT: (NeedStage.TO_PROJECT, NeedStage.IN_PROJECT),
    NeedStep.ANSWER: (NeedStage.ANSWERING,),
}
"""What is handled at once, ordered for one household or kept for later goes its own way and is in no step."""
