"""Settings of linters: what they say about problems, and how code is to look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, of_tier
from understudy.core.text import Span
from understudy.gathering.editorconfig import matches
from understudy.workspace.diagnostics import Diagnostic

PYPROJECT = (
    '[project]\nname = "shop"\nwidth = 3\n\n[tool.ruff]\nline-length = 77\nsrc = ["server"]\n\n'
    '[tool.ruff.lint]\nselect = ["E", "F"]\nignore = [\n  "F841",\n]\n\n[tool.mypy]\nstrict = true\n\n'
    '[[tool.mypy.overrides]]\nmodule = "x"\ndisallow_untyped_defs = false\n'
)
EDITORCONFIG = (
    "root = true\n\n[*]\nend_of_line = lf\nindent_style = space\n[*.{py,pyi}]\nindent_size = 2\n\n"
    "[Makefile]\nindent_style = tab\n"
)


def texts(files: dict[str, str], path: str, *problems: Diagnostic) -> dict[str, str]:
    found = of_tier(candidates(files, path, problems=problems), "patterns")
    return {path: item.levels[0].text for (path, _), item in found.items()}


def test_how_code_is_to_look_is_shown_without_a_problem() -> None:
    files = {
        "pyproject.toml": PYPROJECT,
        ".editorconfig": EDITORCONFIG,
        "tsconfig.json": '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
        "a.py": "x = 1\n",
        "a.ts": "const x = 1\n",
    }
    assert texts(files, "a.py") == {
        "pyproject.toml": (
            '[tool.ruff]\nline-length = 77\n# …\n[tool.ruff.lint]\nselect = ["E", "F"]\n# …\n'
            "[tool.mypy]\nstrict = true\n"
        ),
        ".editorconfig": "[*]\n…\nindent_style = space\n[*.{py,pyi}]\nindent_size = 2\n",
    }
    assert texts(files, "a.ts") == {
        "tsconfig.json": '    "strict": true\n',
        ".editorconfig": "[*]\n…\nindent_style = space\n",
    }


def test_settings_about_a_problem_come_first() -> None:
    problem = Diagnostic("ruff", "F841", "unused", Span(0, 1))
    found = candidates(
        {"pyproject.toml": PYPROJECT, "a.py": "x = 1\n"}, "a.py", problems=(problem,)
    )
    item = of_tier(found, "patterns")["pyproject.toml", ""]
    assert item.reasons == (
        "sets what is said about F841",
        "sets how code looks and how strictly it is checked",
    )
    assert '  "F841",\n' in item.levels[0].text
    assert "line-length = 77\n" in item.levels[0].text


def test_rules_of_more_files_than_are_shown_are_told() -> None:
    names = ("AGENTS.md", "CLAUDE.md", "GEMINI.md", ".cursor/rules/style.mdc", "CONVENTIONS.md")
    files = {name: f"Rule of {name}.\n" for name in names} | {
        "a/b.py": "x = 1\n",
        "a/other.mdc": "No.\n",
    }
    found = candidates(files, "a/b.py")
    assert {path for path, _ in of_tier(found, "patterns")} == {*names} - {
        ".cursor/rules/style.mdc"
    }
    (left,) = found.left_out
    assert left.path == ".cursor/rules/style.mdc"
    assert "4 files of rules" in left.why
    del files["CLAUDE.md"]
    shown = of_tier(candidates(files, "a/b.py"), "patterns")
    assert (".cursor/rules/style.mdc", "") in shown


@pytest.mark.parametrize(
    ("glob", "path", "is_match"),
    [
        ("*", "a/b.py", True),
        ("*.{py,pyi}", "a/b.pyi", True),
        ("*.{py,pyi}", "a/b.ts", False),
        ("lib/**.js", "lib/a/b.js", True),
        ("lib/*.js", "lib/a/b.js", False),
        ("/*.js", "a/b.js", False),
        ("{a,b/{c,d}}.py", "b/d.py", True),
        ("file{1..3}.py", "file2.py", True),
        ("[!ab].py", "c.py", True),
        ("[ab].py", "c.py", False),
        ("{single}", "x", False),
        ("a{b.py", "a{b.py", True),
    ],
)
def test_sections_match_as_editors_match_them(glob: str, path: str, is_match: bool) -> None:
    assert matches(glob, path) is is_match


@given(st.text("ab*?[]{},!/\\.1-", max_size=30), st.text("ab/.", max_size=20))
def test_no_glob_is_too_odd(glob: str, path: str) -> None:
    assert matches(glob, path) in (True, False)
