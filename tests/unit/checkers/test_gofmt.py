from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import require
from tests.unit.checkers.projects import document, look, marked, stand_in
from understudy.checkers import ToolMissingError
from understudy.checkers.gofmt import CHECKER as GOFMT
from understudy.config.policy import Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.workspace.diagnostics import is_syntax_error
from understudy.workspace.tools import ToolTimeoutError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _gofmt() -> None:
    require("gofmt")


async def test_text_that_parses_has_no_finding_however_it_is_formatted(tmp_path: Path) -> None:
    view = document(tmp_path, "a.go", "package m\nfunc   A( ) { }", "go")
    assert await look(GOFMT, view) == ()


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_an_error_is_placed_in_code_points(start: str, end: str, tmp_path: Path) -> None:
    text = f'{start}package m; var s = "π😀" extra{end}'
    (found,) = await look(GOFMT, view := document(tmp_path, "a.go", text, "go"))
    assert marked(view, (found,)) == [("syntax-error", "extra")]
    assert is_syntax_error(found)


async def test_a_piece_of_a_file_is_no_file(tmp_path: Path) -> None:
    found = await look(GOFMT, document(tmp_path, "a.go", "x := 1\n", "go"))
    assert found[0].message == "expected 'package', found x"


async def test_more_than_ten_errors_are_told(tmp_path: Path) -> None:
    text = "package m\n" + "".join(f"func f{number}( {{ }}\n" for number in range(20))
    found = await look(GOFMT, document(tmp_path, "a.go", text, "go"))
    assert len({text[: one.span.start].count("\n") for one in found}) > 10


@pytest.mark.parametrize("text", ["package m\rvar x = 1\r", "package m // \ud800\n"])
async def test_text_that_the_tool_reads_otherwise_is_unavailable(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        await look(GOFMT, document(tmp_path, "a.go", text, "go"))


async def test_an_untrusted_folder_is_not_looked_at(tmp_path: Path) -> None:
    with pytest.raises(ToolMissingError):
        await look(GOFMT, document(tmp_path, "a.go", "package m\n", "go", Trust.UNTRUSTED))


async def test_a_tool_that_is_not_there_is_missing(tmp_path: Path) -> None:
    settings = CheckerSettings(command=("no-such-gofmt",))
    with pytest.raises(ToolMissingError, match="no-such-gofmt"):
        await GOFMT.run(document(tmp_path, "a.go", "", "go"), settings)


async def test_a_tool_that_hangs_is_ended(tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await GOFMT.run(document(tmp_path / "p", "a.go", "", "go"), settings)


@pytest.mark.parametrize("script", ["exit 2", "exit 1", "echo nonsense >&2; exit 3"])
async def test_a_tool_that_breaks_is_unavailable(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match="gofmt gave no answer"):
        await GOFMT.run(document(tmp_path / "p", "a.go", "", "go"), settings)
