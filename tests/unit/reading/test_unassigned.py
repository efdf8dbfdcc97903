from __future__ import annotations

import pytest

from tests.reply_cases import ROOT
from understudy.config.policy import Policy
from understudy.reading import Refusal, UnreadableError
from understudy.reading.targets import Documents
from understudy.reading.unassigned import Unassigned, unassigned
from understudy.workspace.view import View

CART = "def total(cart):\n    result = 0\n    for one in cart:\n        result += one\n    return result\n"
LONG = "def mean(cart):\n    whole = total(cart)\n    return whole / len(cart)\n"


def beside(above: str, text: str, word: str = "python") -> Unassigned:
    answer = f"{above}\n\n```{word}\n{text}```\n"
    documents = Documents(VIEW)
    return unassigned(answer, answer, documents, (CART.replace("= 0", "= 1"),))


VIEW = View(
    uri=(ROOT / "cart.py").as_uri(),
    text=CART,
    version=1,
    language="python",
    path=ROOT / "cart.py",
    root=ROOT,
    policy=Policy(),
)


@pytest.mark.parametrize("above", ["use.py", "**`use.py`**", "### NOTES.md", "And in cart.py:"])
def test_a_block_with_the_name_of_a_file_is_no_remark(above: str) -> None:
    with pytest.raises(UnreadableError) as error:
        beside(above, LONG)
    assert error.value.refusal is Refusal.OTHER_FILE


def test_more_code_than_a_line_or_two_makes_the_edits_doubtful() -> None:
    found = beside("You may also want this:", LONG)
    assert [repair.risk for repair in found.repairs] == ["high"]
    assert found.shown == (LONG,)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("total(cart)\nprint(1)\n", "python"),
        ("cd shop\npip install .\npytest\nls\n", "bash"),
        ("1\n2\n3\n4 passed\n", ""),
        ('{\n  "a": 1,\n  "b": 2\n}\n', "json"),
        (CART, "python"),
        ("def total(cart):\n    result = 1\n    for one in cart:\n", "python"),
    ],
)
def test_commands_output_and_quotations_do_no_harm(text: str, word: str) -> None:
    assert beside("As shown here:", text, word).repairs == ()


def test_a_block_that_edits_came_from_is_not_beside_them() -> None:
    answer = f"use.py\n```python\n{LONG}```\n"
    assert unassigned(answer, "use.py", Documents(VIEW), (CART,)) == Unassigned()
