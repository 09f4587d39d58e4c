"""Points of screening are given out of the weights of their round; rounds of before keep the scale of the rubric."""

from db.migrations.steps import copy, on_sqlite, run

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RUBRIC = {"demand": 40, "reach": 30, "feasibility": 30}


def upgrade() -> None:
    """Every round there is was scored out of 40, 30 and 30."""
    for criterion, most in RUBRIC.items():
        run(f"ALTER TABLE screening ADD COLUMN scale_{criterion} INTEGER DEFAULT {most} NOT NULL")
    if on_sqlite():
        copy("scale_0014", "screening_score")
        return
    for criterion in RUBRIC:
        _checked(criterion, 100)


def downgrade() -> None:
    """Points that were given out of other weights become those of the rubric, rounded half up."""
    for criterion, most in RUBRIC.items():
        scale = f"(SELECT scale_{criterion} FROM screening WHERE screening.id = screening_score.screening_id)"  # noqa: S608
        run(
            f"UPDATE screening_score SET {criterion} = CASE WHEN {scale} = 0 THEN 0 "  # noqa: S608 - frozen names
            f"ELSE (2 * {criterion} * {most} + {scale}) / (2 * {scale}) END"
        )
    if on_sqlite():
        copy("rubric_0014", "screening_score")
    for criterion, most in RUBRIC.items():
        if not on_sqlite():
            _checked(criterion, most)
        run(f"ALTER TABLE screening DROP COLUMN scale_{criterion}")


def _checked(criterion: str, most: int) -> None:
    run(f"ALTER TABLE screening_score DROP CONSTRAINT ck_screening_score_{criterion}")
    run(
        f"ALTER TABLE screening_score ADD CONSTRAINT ck_screening_score_{criterion} "
        f"CHECK ({criterion} BETWEEN 0 AND {most})"
    )
