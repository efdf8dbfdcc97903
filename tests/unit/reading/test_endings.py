"""Which part of a file a text leaves out that goes along the old one."""

from __future__ import annotations

import pytest

from understudy.reading.endings import lost_part, lost_tail

PLAIN = [f"key_{at} = value_{at * 7}" for at in range(30)]
BRACED = [line for at in range(10) for line in (f"server_{at} {{", f"  listen {at};", "}", "")]


@pytest.mark.parametrize("old", [PLAIN, BRACED])
def test_the_end_and_the_middle_are_told_apart(old: list[str]) -> None:
    changed = [old[0].replace("_0", "_other"), *old[1:]]
    assert lost_part(changed, old) is None
    assert lost_part(changed[:12], old) == "last lines"
    for kept in (4, 8):
        assert lost_part([*changed[:12], *old[-kept:]], old) == "lines in the middle"
        assert not lost_tail([*changed[:12], *old[-kept:]], old, "ini")


def test_brackets_that_close_the_whole_are_no_end_of_their_own() -> None:
    old = ["{", *(f"  key_{at}: {at}," for at in range(20)), "}"]
    new = ["{", "  key_0: other,", *old[2:8], "}"]
    assert lost_part(new, old) == "last lines"
    assert lost_part([*new[:-1], *old[-3:]], old) == "lines in the middle"


def test_what_is_short_or_drawn_together_is_not_left_out() -> None:
    assert lost_part(PLAIN[:-2], PLAIN) is None
    assert lost_part([*PLAIN[:10], " ".join(PLAIN[10:20]), *PLAIN[20:]], PLAIN) is None
    assert lost_part([], PLAIN) is None
