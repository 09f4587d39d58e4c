"""What cannot be undone asks first: whoever draws such a step says, before the press, what it will do.

A step counts as final when no other step of the house leads back to where it began. Announcing a vote is not among
them although it is one: it is the second of two presses, after two people counted or the chair stopped the ballot.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import ROOT, files, plant

FINAL = frozenset(
    [
        "begin_term",
        "call_off_activity",
        "cancel_meeting",
        "cancel_order",
        "cancel_task",
        "close_defence",
        "close_market",
        "close_meeting",
        "close_outing",
        "confirm_closing",
        "decide_acceptance",
        "dissolve_squad",
        "drop_draft",
        "end_programme",
        "end_talk",
        "erase_member",
        "erase_person",
        "erase_sensitive",
        "finish_notice",
        "hand_in",
        "issue_password",
        "keep_roster",
        "open_meeting",
        "post_notice",
        "renew_tally",
        "reprint_slips",
        "reset_second_factor",
        "retire_report_form",
        "retire_template",
        "revoke_card",
        "revoke_display",
        "revoke_feed",
        "revoke_poster",
        "revoke_progress_code",
        "revoke_tally",
        "send_notice",
        "settle_correction",
        "sign_week",
        "start_project",
        "stop_phone",
        "stop_series",
        "take_back_opening",
        "void_complaint",
        "void_need",
        "void_slips",
        "withdraw_notice",
    ]
)
ASKS = ("ask", "asking", "says", "Folded")
"""What asks; the text of a form that is drawn anyway does so too, when it stands in the form."""
WORDS = ("text", "caption", "markdown", "warning")


def unasked(root: Path) -> Iterator[str]:
    for path, text in files(root, "components"):
        for block in ast.walk(ast.parse(text)):
            if not isinstance(block, ast.FunctionDef):
                continue
            calls = [node for node in ast.walk(block) if isinstance(node, ast.Call)]
            names = {ast.unparse(call.func).split(".")[-1] for call in calls}
            asked = {
                str(name)
                for call in calls
                if ast.unparse(call.func) == "Request"
                for name in FINAL & {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
            }
            for act in sorted(asked):
                if not names & {*ASKS, *WORDS}:
                    yield f"{path}:{block.lineno} {block.name} takes {act} without a word of what it does"


def test_no_final_step_is_taken_without_a_word() -> None:
    assert list(unasked(ROOT)) == []


def test_every_final_step_is_drawn_somewhere() -> None:
    words = " ".join(text for _path, text in files(ROOT, "components"))

    assert [act for act in FINAL if act not in words] == []


def test_a_planted_step_without_a_word_is_found(tmp_path: Path) -> None:
    plant(
        tmp_path,
        "components/council/body.py",
        'def term_form(body):\n    pressed = press("term", "换届")\n    return Request(pressed, begin_term)\n',
    )

    assert len(list(unasked(tmp_path))) == 1
