from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.fixers.name_problems import fixes, marked
from understudy.fixers.keyword_name import FIXER

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = 'No parameter named "widht"'


def test_a_keyword_of_a_function_in_the_file_is_put_right() -> None:
    text = 'def g(width, height=1): ...\r\ng("π😀", <|widht|>=1)\r\n'
    found = fixes(FIXER, marked(text, "reportCallIssue", MESSAGE))
    assert found == ['def g(width, height=1): ...\r\ng("π😀", width=1)\r\n']


def test_a_keyword_that_is_given_already_is_not_offered() -> None:
    text = "def g(width): ...\ng(width=2, <|widht|>=1)\n"
    assert fixes(FIXER, marked(text, "reportCallIssue", MESSAGE)) == []


def test_fields_of_a_dataclass_are_keywords() -> None:
    text = "@dataclass\nclass Box:\n    width: int\n\nBox(<|widht|>=1)\n"
    assert fixes(FIXER, marked(text, "reportCallIssue", MESSAGE))[0].endswith("Box(width=1)\n")


def test_mypys_words_are_understood() -> None:
    message = 'Unexpected keyword argument "widht" for "g"; did you mean "width"?'
    assert fixes(FIXER, marked("<|g(widht=1)|>\n", "call-arg", message)) == ["g(width=1)\n"]


def test_a_function_of_another_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "boxes.py").write_text("def make(*, width): ...\n")
    text = "from boxes import make\nmake(<|widht|>=1)\n"
    found = fixes(FIXER, marked(text, "reportCallIssue", MESSAGE, tmp_path))
    assert found == ["from boxes import make\nmake(width=1)\n"]
