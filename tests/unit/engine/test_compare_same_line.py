from __future__ import annotations

import pytest

from tests.unit.engine.findings_factory import at, ruff

BEFORE = "def f(a, b=[], c=[]):\n    b.append(a), c.append(a)\n"
MESSAGE = "Do not use mutable data structures for argument defaults"


@pytest.mark.parametrize(
    ("target", "kept", "after"),
    [
        ("b=|[]", "c=|[]", "def f(a, b=None, c=[]):\n    b.append(a), c.append(a)\n"),
        ("c=|[]", "b=|[]", "def f(a, b=[], c=None):\n    b.append(a), c.append(a)\n"),
        (
            "b=|[]",
            "c=|[]",
            "def f(a, b=None, c=[]):\n    if b is None:\n        b = []\n"
            "    b.append(a), c.append(a)\n",
        ),
    ],
)
def test_of_two_equal_findings_on_a_line_the_mended_one_is_gone(
    target: str, kept: str, after: str
) -> None:
    mended = at(BEFORE, target, "B006", message=MESSAGE)
    other = at(BEFORE, kept, "B006", message=MESSAGE)
    result = ruff(BEFORE, after, [mended, other], [at(after, kept, "B006", message=MESSAGE)])
    assert (result.target_gone, result.new, result.fixed) == (True, (), (mended,))
