from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.fixers.name_problems import fixes, marked
from understudy.fixers.attribute_typo import FIXER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "message", "right"),
    [
        ("x.<|appendd|>(1)\n", 'Cannot access attribute "appendd" for class "list[int]"', "append"),
        (
            "'π😀'.<|stripp|>()\r\n",
            'Cannot access attribute "stripp" for class "Literal[\'π😀\']"',
            "strip",
        ),
        ("re.<|serch|>()\n", '"serch" is not a known attribute of module "re"', "search"),
        ("<|x.appendd(1)|>\n", '"list[int]" has no attribute "appendd"; maybe "append"?', "append"),
        ("<|f.raed()|>\n", "'TextIOWrapper' object has no attribute 'raed'", "read"),
    ],
)
def test_the_near_attribute_is_offered_first(text: str, message: str, right: str) -> None:
    found = fixes(FIXER, marked(text, "reportAttributeAccessIssue", message))
    assert found[0] == _corrected(text, right)


def _corrected(text: str, right: str) -> str:
    for wrong in ("appendd", "stripp", "serch", "raed"):
        text = text.replace(wrong, right)
    return text.replace("<|", "").replace("|>", "")


def test_members_and_inherited_members_are_known() -> None:
    text = (
        "class A:\n    def __init__(self):\n        self.count = 0\n\n"
        "class B(A):\n    def f(self):\n        return self.<|conut|>\n"
    )
    message = 'Cannot access attribute "conut" for class "B*"'
    assert fixes(FIXER, marked(text, "", message))[0].endswith("self.count\n")


def test_a_class_of_another_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("class Basket:\n    def add_item(self): ...\n")
    text = "from shop import Basket\n\nBasket().<|add_itme|>()\n"
    message = 'Cannot access attribute "add_itme" for class "Basket"'
    assert fixes(FIXER, marked(text, "", message, tmp_path))[0].endswith("Basket().add_item()\n")


def test_nothing_is_offered_for_an_unknown_class() -> None:
    message = 'Cannot access attribute "conut" for class "Nowhere"'
    assert fixes(FIXER, marked("x.<|conut|>\n", "", message)) == []


def test_the_star_of_a_class_that_was_inferred_is_not_shown() -> None:
    text = "class Box:\n    width = 1\n    def f(self):\n        return self.<|widht|>\n"
    message = 'Cannot access attribute "widht" for class "Box*"'
    (found,) = FIXER.propose(marked(text, "", message))
    assert found.why == "`Box` has no `widht`, but it has `width`."


def test_a_property_does_not_return_itself() -> None:
    text = (
        "class A:\n    @property\n    def chars(self):\n        return self.<|_chars|>\n"
        "    def f(self):\n        return self.chars + self.chars\n"
    )
    message = 'Cannot access attribute "_chars" for class "A*"'
    assert fixes(FIXER, marked(text, "", message)) == []


def test_a_name_that_was_misspelt_where_it_was_set_is_not_spread() -> None:
    text = (
        "class A:\n    def __init__(self):\n        self.widht = 1\n"
        "    def f(self):\n        return self.<|width|> * self.width\n"
    )
    message = 'Cannot access attribute "width" for class "A*"'
    assert fixes(FIXER, marked(text, "", message)) == []
