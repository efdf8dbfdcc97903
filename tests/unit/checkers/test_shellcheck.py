from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import require
from tests.unit.checkers.projects import document, look, marked, stand_in, write
from understudy.checkers import ToolMissingError
from understudy.checkers.shellcheck import CHECKER, read_json1
from understudy.config.policy import Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.workspace.diagnostics import is_syntax_error
from understudy.workspace.tools import ToolTimeoutError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    require("shellcheck")
    return write(tmp_path / "p", lib_dot_sh="#!/bin/sh\n")


async def test_a_finding_has_its_place_in_code_points_and_its_fix(root: Path) -> None:
    text = '#!/bin/bash\nx=1; echo "π😀"\t$1\n\techo "$x"\n'
    view = document(root, "a.sh", text, "shellscript")
    (found,) = await look(CHECKER, view)
    assert marked(view, (found,)) == [("SC2086", "$1")]
    (suggestion,) = found.suggestions
    assert apply(text, suggestion.edits) == text.replace("$1", '"$1"')
    assert not suggestion.safe


async def test_what_does_not_parse_is_a_syntax_error(root: Path) -> None:
    found = await look(CHECKER, document(root, "a.sh", "#!/bin/sh\nif true; then\n", "shellscript"))
    assert any(is_syntax_error(one) for one in found)
    found = await look(CHECKER, document(root, "a.sh", "#!/bin/sh\necho $1\n", "shellscript"))
    assert found
    assert not any(is_syntax_error(one) for one in found)


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("a.sh", "[[ -n $1 ]]\n", ["SC2148"]),
        ("a.bash", "[[ -n $1 ]]\n", []),
        ("a.bash", "#!/bin/sh\n[[ -n $1 ]]\n", ["SC3010"]),
    ],
)
async def test_the_shell_is_known_by_the_first_line_or_the_name(
    name: str, text: str, codes: list[str], root: Path
) -> None:
    found = await look(CHECKER, document(root, name, text, "shellscript"))
    assert [one.code for one in found] == codes


async def test_the_projects_own_configuration_counts(root: Path) -> None:
    write(root, _dot_shellcheckrc="disable=SC2086\n")
    view = document(root, "a.sh", "#!/bin/sh\necho $1\n", "shellscript")
    assert await look(CHECKER, view) == ()


async def test_locate_names_the_tool(root: Path) -> None:
    settings = CheckerSettings()
    assert "ShellCheck" in await CHECKER.locate(document(root, "a.sh", "", "shellscript"), settings)


@pytest.mark.parametrize("text", ["#!/bin/sh\recho $1\r", "#!/bin/sh\necho '\ud800'\n"])
async def test_text_that_the_tool_reads_otherwise_is_unavailable(text: str, root: Path) -> None:
    with pytest.raises(UnavailableError):
        await look(CHECKER, document(root, "a.sh", text, "shellscript"))


async def test_a_tool_that_is_not_there_is_missing(root: Path) -> None:
    view = document(root, "a.sh", "", "shellscript")
    with pytest.raises(ToolMissingError):
        await CHECKER.run(view, CheckerSettings(command=("no-such-shellcheck",)))
    with pytest.raises(ToolMissingError):
        await look(CHECKER, document(root, "a.sh", "", "shellscript", Trust.UNTRUSTED))


async def test_a_tool_that_hangs_is_ended(tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await CHECKER.run(document(tmp_path, "a.sh", "", "shellscript"), settings)


@pytest.mark.parametrize(
    "script",
    ["exit 2", "echo '[]'", "echo nonsense", "exit 0", """echo '{"comments": []}'; exit 1"""],
)
async def test_a_tool_that_breaks_is_unavailable(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError):
        await CHECKER.run(document(tmp_path, "a.sh", "", "shellscript"), settings)


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["error", "style"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["comments", "line", "column", "endLine", "endColumn", "level", "code", "message"]
            ),
            inner,
        )
    ),
)


@given(st.binary(max_size=60) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_the_output_is_reading_raises_only_its_own_failure(output: bytes) -> None:
    try:
        read_json1(output, LineIndex("echo\n"))
    except UnavailableError:
        return
