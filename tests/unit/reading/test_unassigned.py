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
        ("cd shop\npip install .\npytest\nls\n", "bash"),
        ("1\n2\n3\n4 passed\n", ""),
        ('{\n  "a": 1,\n  "b": 2\n}\n', "json"),
        (CART, "python"),
        ("def total(cart):\n    result = 1\n    for one in cart:\n", "python"),
    ],
)
def test_commands_output_and_quotations_do_no_harm(text: str, word: str) -> None:
    assert beside("As shown here:", text, word).repairs == ()


def test_few_lines_of_code_are_recorded() -> None:
    (repair,) = beside("As shown here:", "total(cart)\nprint(1)\n").repairs
    assert (repair.where, repair.risk) == ("total(cart)", "low")


@pytest.mark.parametrize(
    "above", ["Usage:", "You can use it like this:", "Here's a test:", "You might also add a test:"]
)
def test_an_example_is_recorded(above: str) -> None:
    text = "def test_total():\n    cart = [3, 4]\n    assert total(cart) == 7\n"
    text = text if "test" in above else "cart = [3, 4]\ncart += [5]\nprint(total(cart))\n"
    (repair,) = beside(above, text).repairs
    assert (repair.what, repair.where, repair.risk) == ("example left out", above, "low")


@pytest.mark.parametrize(
    "above",
    [
        "Also change the output:",
        "In `total`, instead of the old line, print it like this:",
        "You need to use it like this:",
        "At the end of the file, call it:",
    ],
)
@pytest.mark.parametrize("text", ["print(round(2))\n", "import sys\n\nsys.exit(1)\nprint(2)\n"])
def test_code_that_is_asked_for_makes_the_edits_doubtful(above: str, text: str) -> None:
    assert [repair.risk for repair in beside(above, text).repairs] == ["high"]


def test_a_test_is_no_example_beside_the_edits_of_a_file_of_tests() -> None:
    file = "def test_one():\n    assert one() == 2\n"
    view = View(uri="file:///t.py", text=file, policy=Policy(), language="python")
    reply = "And one more test:\n```python\ndef test_two():\n    a = one()\n    assert a\n```\n"
    found = unassigned(reply, reply, Documents(view), (file.replace("2", "1"),))
    assert [repair.risk for repair in found.repairs] == ["high"]


def test_a_block_that_edits_came_from_is_not_beside_them() -> None:
    answer = f"use.py\n```python\n{LONG}```\n"
    assert unassigned(answer, "use.py", Documents(VIEW), (CART,)) == Unassigned()
