"""A new definition and the code that uses it, each in a block of its own."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy, Trust
from understudy.edit_formats import Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

READ = all_edit_formats()["region"].read
FILE = (
    "import os\n\n\ndef report(prices):\n    total = 0\n    for price in prices:\n"
    "        total += price\n    return str(total)\n\n\ndef last():\n    return 1\n"
)
NEW = "def sum_of(prices):\n    return sum(prices)\n"
USED = "def report(prices):\n    return str(sum_of(prices))\n"


def reply(*blocks: str) -> str:
    return "The new function:\n\n" + "And use it:\n\n".join(
        f"```python\n{one}```\n" for one in blocks
    )


def read(*blocks: str) -> str:
    view = View("file:///a.py", FILE, Policy(Trust.UNTRUSTED))
    return READ(reply(*blocks), Region(view, range(3, 8))).after


@pytest.mark.parametrize(("first", "second"), [(NEW, USED), (USED, NEW)])
def test_a_new_definition_stands_beside_the_code_that_uses_it(first: str, second: str) -> None:
    head, tail = FILE[: FILE.index("def report")], FILE[FILE.index("\n\ndef last") :]
    assert read(first, second) == f"{head}{first}\n\n{second}{tail}"


@pytest.mark.parametrize(
    "blocks",
    [
        (NEW, USED.replace("sum_of", "sum")),
        (NEW, NEW.replace("sum_of", "other")),
        (USED, USED.replace("str", "repr")),
        (NEW.replace("sum_of", "last"), USED.replace("sum_of", "last")),
        (NEW, USED, "def third():\n    sum_of()\n"),
    ],
    ids=["unused", "two new ones", "two versions", "known", "three"],
)
def test_other_blocks_are_still_a_choice(blocks: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableError) as error:
        read(*blocks)
    assert error.value.refusal is Refusal.AMBIGUOUS
