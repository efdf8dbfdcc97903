from __future__ import annotations

from understudy.index.lost_lines import lost_lines

PLAN = "\n".join(f"step{word} {word} then {word}{word}" for word in "abcdefghi") + "\n"


def test_a_third_of_a_text_in_an_unknown_language_is_a_large_share() -> None:
    lines = PLAN.splitlines(keepends=True)
    assert str(lost_lines(PLAN, "".join(lines[:6]), "plan")) == "3 of 9 lines"
    assert lost_lines(PLAN, "".join(lines[:7]), "plan") is None


def test_lines_that_were_changed_or_moved_are_not_gone() -> None:
    assert lost_lines(PLAN, PLAN.replace("step", "go"), "plan") is None
    assert lost_lines(PLAN, "".join(reversed(PLAN.splitlines(keepends=True))), "plan") is None
    assert lost_lines(PLAN, PLAN.replace(" then ", "\n    then "), "plan") is None


def test_other_lines_in_their_place_do_not_make_up_for_them() -> None:
    lines = PLAN.splitlines(keepends=True)
    other = [f"wholly {at} unlike\n" for at in range(4)]
    assert str(lost_lines(PLAN, "".join((*lines[:5], *other)), "plan")) == "4 of 9 lines"


def test_prose_may_be_written_in_other_words_and_code_with_definitions_is_measured_by_these() -> (
    None
):
    other = "\n".join(f"Schritt {at}, danach noch einer" for at in range(9)) + "\n"
    assert lost_lines(PLAN, other, "markdown") is None
    assert lost_lines(PLAN, other, "plan") is not None
    assert lost_lines(f"def a():\n    x\n{PLAN}", "def a():\n    x\n", "python") is None
