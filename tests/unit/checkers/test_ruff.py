from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.checkers import ToolMissingError, all_checkers
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.ruff_output import read_ruff_json
from understudy.workspace.view import Notebook, View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

RUFF = all_checkers()["ruff"]


@pytest.fixture(autouse=True)
async def _no_process_is_left() -> AsyncIterator[None]:
    yield
    assert RUFF.close is not None
    await RUFF.close()
    assert psutil.Process().children(recursive=True) == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "ruff.toml").write_text('[lint]\nselect = ["F", "E711"]\n')
    return tmp_path


def view(text: str, root: Path, name: str = "a.py") -> View:
    path = root / name
    return View(path.as_uri(), text, Policy(Trust.RESTRICTED), path=path, root=root)


async def findings(view: View) -> tuple[Diagnostic, ...]:
    return await RUFF.run(view, CheckerSettings())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        'x = "π😀" + undefd\n',
        'if 1:\n\tx = "π😀" + undefd\n',
        "a = 1\r\nb = undefd\r\n",
        "a = 1\rb = undefd\r",
        "\ufeffa = undefd\n",
        "a = 1\n\x0cb = undefd\n",
        'a = "\x0b\u2028\x85"; b = undefd\n',
        'a = "e\u0301👩\u200d💻"; b = undefd',
    ],
)
async def test_the_place_is_counted_in_code_points_of_the_document(text: str, root: Path) -> None:
    (found,) = await findings(view(text, root))
    assert found.span.of(text) == "undefd"
    assert (found.source, found.code, found.severity) == ("ruff", "F821", Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("import os\nx = 1\n", "x = 1\n"),
        ("\ufeffimport os\nx = 1\n", "\ufeffx = 1\n"),
        ("import os\rx = 1\r", "x = 1\r"),
        ("import os\r\nx = 1\r\n", "x = 1\r\n"),
        ('"😀"; import os\nx = 1\n', '"😀"; \nx = 1\n'),
    ],
)
async def test_a_safe_fix_becomes_a_safe_suggestion(text: str, fixed: str, root: Path) -> None:
    (found,) = await findings(view(text, root))
    (suggestion,) = found.suggestions
    assert suggestion.safe
    assert suggestion.title == "Remove unused import: `os`"
    assert apply(text, suggestion.edits).replace("; ", ";") == fixed.replace("; ", ";")


async def test_an_unsafe_fix_is_marked_as_unsafe(root: Path) -> None:
    text = 'a = "π😀"\nif a == None: pass\n'
    (found,) = await findings(view(text, root))
    (suggestion,) = found.suggestions
    assert not suggestion.safe
    assert apply(text, suggestion.edits) == 'a = "π😀"\nif a is None: pass\n'
    assert found.severity is Severity.WARNING


async def test_a_fix_that_is_only_for_display_is_left_out(root: Path) -> None:
    fix = {"applicability": "display", "edits": [], "message": "?"}
    place = {"row": 1, "column": 1}
    entry = {"code": "X1", "message": "m", "fix": fix, "location": place, "end_location": place}
    (found,) = read_ruff_json(json.dumps([entry]).encode(), view("", root))
    assert found.suggestions == ()


async def test_syntax_errors_are_reported_under_one_code(root: Path) -> None:
    found = await findings(view("def f(:\n", root))
    assert {one.code for one in found} == {"invalid-syntax"}
    assert {one.severity for one in found} == {Severity.ERROR}


async def test_the_projects_own_configuration_counts(root: Path) -> None:
    (root / "ruff.toml").write_text('[lint]\nselect = ["E401"]\n')
    assert [one.code for one in await findings(view("import os, sys\n", root))] == ["E401"]


async def test_an_excluded_file_that_was_asked_for_is_checked(root: Path) -> None:
    (root / "ruff.toml").write_text('force-exclude = true\nexclude = ["a.py"]\n')
    assert [one.code for one in await findings(view("import os\n", root))] == ["F401"]


async def test_a_configuration_that_only_fixes_still_reports_and_the_file_stays(root: Path) -> None:
    (root / "ruff.toml").write_text("fix-only = true\nfix = true\nunsafe-fixes = true\n")
    (root / "a.py").write_text("import sys\n")
    assert [one.code for one in await findings(view("import os\n", root))] == ["F401"]
    assert (root / "a.py").read_text() == "import sys\n"
    assert names(root) == ["a.py", "ruff.toml"]


async def test_a_broken_configuration_is_unavailable_and_says_so(root: Path) -> None:
    (root / "ruff.toml").write_text("nonsense = [")
    with pytest.raises(UnavailableError, match=r"Ruff gave no answer.*ruff\.toml"):
        await findings(view("x = 1\n", root))


@pytest.mark.parametrize("name", ["book.ipynb", "script", "settings.toml", "page.md"])
async def test_text_that_the_editor_calls_python_is_checked_as_python(
    name: str, root: Path
) -> None:
    assert [one.code for one in await findings(view("import os\n", root, name))] == ["F401"]


async def test_a_document_without_a_file_is_checked(root: Path) -> None:
    untitled = View("untitled:1", "import os\n", Policy(Trust.RESTRICTED))
    assert "F401" in [one.code for one in await findings(untitled)]
    rooted = View("untitled:1", "import os\n", Policy(Trust.RESTRICTED), root=root)
    assert [one.code for one in await findings(rooted)] == ["F401"]


async def test_half_a_character_is_unavailable(root: Path) -> None:
    with pytest.raises(UnavailableError, match="half a character"):
        await findings(view("x = '\ud800'\n", root))


async def test_nothing_runs_for_an_untrusted_folder(root: Path) -> None:
    untrusted = View("file:///a.py", "import os\n", Policy(Trust.UNTRUSTED), root=root)
    with pytest.raises(ToolMissingError):
        await findings(untrusted)


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are stand-ins scripts.")
@pytest.mark.parametrize("output", ["", "{}", "null", "[1]", '[{"code": 1}]', "[" * 100_000])
async def test_an_answer_that_is_something_else_is_unavailable(
    output: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fake = tmp_path_factory.mktemp("bin") / "ruff"
    (fake.parent / "answer").write_text(output)
    fake.write_text(f"#!/bin/sh\ncat {fake.parent / 'answer'}\n")
    fake.chmod(0o755)
    with pytest.raises(UnavailableError, match=r"Ruff's answer"):
        await RUFF.run(view("", root), CheckerSettings(command=(str(fake),)))


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are stand-ins scripts.")
async def test_an_answer_that_keeps_its_findings_back_is_unavailable(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fake = tmp_path_factory.mktemp("bin") / "ruff"
    fake.write_text("#!/bin/sh\necho '[]'; exit 1\n")
    fake.chmod(0o755)
    with pytest.raises(UnavailableError, match="and not what"):
        await RUFF.run(view("", root), CheckerSettings(command=(str(fake),)))


async def test_locate_names_path_and_version(root: Path) -> None:
    assert "ruff 0." in await RUFF.locate(view("", root), CheckerSettings())


@given(
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=5) | st.just({"row": 1, "column": 1}),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["code", "message", "fix", "location", "end_location", "edits"]),
                inner,
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_whatever_the_output_is_reading_raises_only_its_own_failure(output: bytes) -> None:
    try:
        found = read_ruff_json(output, View("untitled:a", "a\n", Policy()))
    except UnavailableError:
        return
    assert all(0 <= one.span.start <= one.span.end <= 2 for one in found)


def cell(text: str, root: Path, notebook: Notebook) -> View:
    uri = "vscode-notebook-cell:/a.ipynb#1"
    return View(uri, text, Policy(Trust.RESTRICTED), root=root, notebook=notebook)


async def test_a_cell_is_seen_with_the_others_and_only_its_own_findings_are_told(
    root: Path,
) -> None:
    notebook = Notebook(("%%bash\nls\n", "import os\nimport re\n"), ("undefd\n",))
    seen = cell("%time\nπ = '😀'; os.name; missing\nimport sys\n", root, notebook)
    found = await findings(seen)
    told = {one.span.of(seen.text) for one in found if one.code in {"F821", "F401"}}
    assert told == {"missing", "sys"}


async def test_a_cell_can_not_be_judged_beside_a_broken_one(root: Path) -> None:
    with pytest.raises(UnavailableError, match="Another cell of the notebook does not parse"):
        await findings(cell("x = 1\n", root, Notebook(("def f(:\n",))))


async def test_fixes_that_may_be_meant_for_another_cell_are_left_out(root: Path) -> None:
    notebook = Notebook(("import os\n\nprint(os)\n",))
    found = await findings(cell("import re\n\nx = 1\n", root, notebook))
    assert [len(one.suggestions) for one in found if one.code == "F401"] == [1]
