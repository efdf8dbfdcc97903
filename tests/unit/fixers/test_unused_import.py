from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.unused_import import FIXER

CODE = "F401"
MESSAGE = "`os` imported but unused"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("import <|os|>\nx = 1\n", "x = 1\n"),
        ('import <|os|>\r\nx = "π😀"\r\n', 'x = "π😀"\r\n'),
        ("import a, <|os|>, b\n", "import a, b\n"),
        ("import <|os|>, b\n", "import b\n"),
        ("import a, <|os as o|>\n", "import a\n"),
        (
            "from x import (\n    a,  # one\n    <|os|>,\n    b,\n)\n",
            "from x import (\n    a,  # one\n    b,\n)\n",
        ),
        ("from x import (\n    a,\n    <|b|>\n)\n", "from x import (\n    a,\n)\n"),
        ("from x import (a,\n    <|b|>, c)\n", "from x import (a,\n    c)\n"),
        ("def f():\n\timport <|os|>\n", "def f():\n\tpass\n"),
        ("def f():\n    import <|os|>  # why\n    return 1\n", "def f():\n    return 1\n"),
        ("import <|os|>; x = 1\n", "x = 1\n"),
        ("x = 1; import <|os|>\n", "x = 1\n"),
        ("<|import os|>\n", ""),
        ("<||>import a, os\n", "import a\n"),
        ("import <|os.path|>\n", ""),
        (
            '"""D."""\n\nimport <|os|>\n\n\ndef f():\n    pass\n',
            '"""D."""\n\n\ndef f():\n    pass\n',
        ),
        ("import a\n\nimport <|os|>\n\nx = 1\n", "import a\n\nx = 1\n"),
        ("import a\r\n\r\n\r\nimport <|os|>\r\n\r\nx = 1\r\n", "import a\r\n\r\n\r\nx = 1\r\n"),
        ("import a\nimport <|os|>\n\n\nx = 1\n", "import a\n\n\nx = 1\n"),
        ("import <|os|>\n\n\ndef f():\n    pass\n", "def f():\n    pass\n"),
        ('"""D."""\n\nimport <|os|>\n', '"""D."""\n'),
        ('"""D."""\n\nimport <|os|>', '"""D."""\n'),
        (
            "if True:\n    import <|os|>\nelse:\n    x = 1\n",
            "if True:\n    pass\nelse:\n    x = 1\n",
        ),
    ],
)
def test_the_marked_place_is_mended(marked: str, expected: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "try:\n    import <|os|>\nexcept ImportError:\n    pass\n",
        "from x import <|os as os|>\n",
        "import <|os as os|>\n",
        '__all__ = ["os"]\nimport <|os|>\n',
        '__all__ = []\n__all__ += ("os",)\nimport a, <|os|>\n',
        "from __future__ import <|annotations|>\n",
        "<|x|> = 1\n",
        "import <|os\n(",
        "<||>import a, b\n",
    ],
)
def test_it_stays_silent_where_the_change_could_be_wrong(marked: str) -> None:
    assert fixed(FIXER, problem(marked, CODE, message=MESSAGE)) == []


@pytest.mark.parametrize("name", ["__init__.py", "__init__.pyi", "conftest.py"])
def test_what_a_file_imports_for_others_stays(name: str) -> None:
    case = problem('"""Shop."""\n\nfrom .core import <|run|>\n', CODE, message=MESSAGE)
    path = Path("shop", name)
    assert fixed(FIXER, replace(case, view=replace(case.view, path=path, uri="untitled:1"))) == []
    assert fixed(FIXER, replace(case, view=replace(case.view, uri=f"file:///shop/{name}"))) == []


def test_what_the_tool_takes_for_a_re_export_stays() -> None:
    message = "`.core.run` imported but unused; consider using a redundant alias"
    assert fixed(FIXER, problem("from .core import <|run|>\n", CODE, message=message)) == []


def test_it_knows_the_problem_by_its_message_alone() -> None:
    case = problem(
        "import <|os|>\nx = 1\n", source="pylance", message='Import "os" is not accessed'
    )
    assert fixed(FIXER, case) == ["x = 1\n"]


def test_it_does_not_look_at_other_problems() -> None:
    assert fixed(FIXER, problem("import <|os|>\nx = 1\n", "X999", message="Something else.")) == []
