from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import require
from tests.unit.checkers.projects import PATIENT, document, look, marked, stand_in, write
from understudy.checkers import ToolMissingError
from understudy.checkers.clang import CHECKER
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.core.text import apply
from understudy.workspace.compile_commands import flags_for
from understudy.workspace.compiler_text import own_findings, stopped_elsewhere
from understudy.workspace.diagnostics import is_syntax_error
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic


@pytest.fixture(params=["clang", "gcc"])
def compiler(request: pytest.FixtureRequest) -> CheckerSettings:
    return CheckerSettings(command=(require(request.param),), timeout_s=60.0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "p", h_dot_h="int h(int);\n")


async def find(view: View, compiler: CheckerSettings) -> tuple[Diagnostic, ...]:
    return await CHECKER.run(view, compiler)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_findings_are_placed_in_code_points(
    start: str, end: str, compiler: CheckerSettings, root: Path
) -> None:
    text = f'{start}const char *s = "π😀"; int x = undefd;{end}\tint π = "😀" + missing;{end}'
    view = document(root, "a.c", text, "c")
    found = await find(view, compiler)
    places = {span for code, span in marked(view, found) if code == "undeclared_var_use"}
    assert places == {"undefd", "missing"}


async def test_a_proposed_name_is_a_suggestion(compiler: CheckerSettings, root: Path) -> None:
    text = "struct π { int éa; };\nint g(struct π p) { return p.éb; }\n"
    (found,) = await find(document(root, "a.c", text, "c"), compiler)
    (suggestion,) = found.suggestions
    assert apply(text, suggestion.edits) == text.replace("p.éb", "p.éa")


async def test_notes_point_at_the_places_that_they_stand_at(
    compiler: CheckerSettings, root: Path
) -> None:
    text = '#include "h.h"\nint own(int a) { return a; }\nint g(void) { return h(1, 2) + own(); }\n'
    found = await find(document(root, "a.c", text, "c"), compiler)
    places = {(one.uri, one.start[0]) for each in found for one in each.related}
    assert places == {((root / "h.h").as_uri(), 0), ((root / "a.c").as_uri(), 1)}


async def test_what_does_not_parse_is_a_syntax_error(compiler: CheckerSettings, root: Path) -> None:
    view = document(root, "a.c", "int f(void) { return 1 }\n", "c")
    (found,) = await find(view, compiler)
    assert is_syntax_error(found)
    assert [apply(view.text, one.edits) for one in found.suggestions] == [
        view.text.replace("return 1", "return 1;")
    ]


async def test_headers_beside_the_file_are_read_and_not_judged(
    compiler: CheckerSettings, root: Path
) -> None:
    write(root, bad_dot_h="static int unused_here(void) { int y; return 1; }\nint k = nope;\n")
    text = '#include "h.h"\n#include "bad.h"\nint z = undefd;\n'
    view = document(root, "a.c", text, "c")
    found = await find(view, compiler)
    assert ("undeclared_var_use", "undefd") in marked(view, found)
    assert {text[: one.span.start].count("\n") for one in found} == {2}


async def test_a_missing_header_is_unknown_and_says_so(
    compiler: CheckerSettings, root: Path
) -> None:
    view = document(root, "a.c", '#include "nope.h"\nint x = undefd;\n', "c")
    with pytest.raises(UnavailableError, match=r"nope\.h.*is unknown.*compile_commands\.json"):
        await find(view, compiler)


async def test_the_projects_options_count_and_dangerous_ones_do_not(
    compiler: CheckerSettings, root: Path
) -> None:
    write(root, include__far_dot_h="#define FAR 1\n", src__a_dot_c="")
    plugin = root / "made"
    command = [
        *("cc", "-Iinclude", "-D", "SIZE=3", "-std=c11", "-Wunused-variable", "-o", str(plugin)),
        *(f"-fplugin={plugin}", "-Xclang", "-load", f"-Wp,-MD,{plugin}", "-c", "src/a.c"),
    ]
    entry = {"directory": str(root), "file": "src/a.c", "arguments": command}
    write(root, build__compile_commands_dot_json=json.dumps([entry]))
    text = "#include <far.h>\nint f(void) { int unused; return FAR + SIZE; }\n"
    view = document(root, "src/a.c", text, "c")
    (found,) = await find(view, compiler)
    assert (found.code, found.span.of(text)) == ("-Wunused-variable", "unused")
    assert not plugin.exists()
    header = document(root, "src/new.h", "#include <far.h>\nint x = SIZE;\n", "c")
    assert await find(header, compiler) == ()


async def test_c_plus_plus_is_read_as_such(compiler: CheckerSettings, root: Path) -> None:
    text = "#pragma once\nnamespace n { template <class T> T same(T x) { return x; } }\n"
    assert await find(document(root, "a.hpp", text, "cpp"), compiler) == ()


async def test_a_damaged_list_of_commands_is_unknown(compiler: CheckerSettings, root: Path) -> None:
    write(root, compile_commands_dot_json="{")
    with pytest.raises(UnavailableError, match=r"compile_commands\.json` can't be read"):
        await find(document(root, "a.c", "int x;\n", "c"), compiler)


async def test_nothing_is_written_and_a_document_needs_no_file(root: Path) -> None:
    require("clang")
    assert await look(CHECKER, document(root, "a.c", '#include "h.h"\nint x;\n', "c")) == ()
    untitled = View("untitled:1", "int x = y;\n", Policy(Trust.RESTRICTED), language="c")
    assert len(await CHECKER.run(untitled, PATIENT)) == 1


async def test_locate_tells_the_version(compiler: CheckerSettings, root: Path) -> None:
    assert " (" in await CHECKER.locate(document(root, "a.c", "", "c"), compiler)


async def test_a_tool_that_is_not_there_is_missing(root: Path) -> None:
    with pytest.raises(ToolMissingError):
        await CHECKER.run(
            document(root, "a.c", "", "c"), CheckerSettings(command=("no-such-clang",))
        )


async def test_a_tool_that_hangs_is_ended(tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", "sleep 60")
    with pytest.raises(ToolTimeoutError):
        await CHECKER.run(document(tmp_path, "a.c", "", "c"), settings)


@pytest.mark.parametrize("script", ["exit 1", "exit 70", "echo nonsense >&2; exit 1"])
async def test_a_tool_that_breaks_is_unavailable(script: str, tmp_path: Path) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match="gave no answer"):
        await CHECKER.run(document(tmp_path, "a.c", "", "c"), settings)


@given(
    st.lists(
        st.sampled_from(
            [
                "<stdin>:1:2:{1:1-1:9}{1:2-9:9}: warning: x [-Wall]",
                "<stdin>:9:99: error: y",
                "a.h:1:1: error: z",
                "<stdin>:1:1: note: n",
                'fix-it:"<stdin>":{1:1-1:2}:"\\303\\251\\n\\\\"',
                "<stdin>:99999999999:1: error: far",
                "\x00",
            ]
        )
        | st.text(max_size=20)
    )
)
def test_places_lie_in_the_text_whatever_is_printed(lines: list[str]) -> None:
    output, index = "\n".join(lines).encode(errors="replace"), LineIndex("é := 1\n")
    stopped_elsewhere(output)
    for one in own_findings(output, index, is_clang=True):
        assert 0 <= one.span.start <= one.span.end <= len(index.text)
        for suggestion in one.suggestions:
            assert all(edit.span.end <= len(index.text) for edit in suggestion.edits)


def test_where_no_commands_are_nothing_is_known(root: Path) -> None:
    assert flags_for(root / "a.c", root) is None


WARNED = 'echo "<stdin>:1:5: warning: w [-Wfoo]" >&2;'


@pytest.mark.parametrize(
    "script",
    [
        f'{WARNED} echo "<stdin>:2:1: internal compiler error: Segmentation fault" >&2; exit 1',
        f'{WARNED} echo "gcc: fatal error: Killed signal terminated program cc1" >&2; exit 1',
        f'{WARNED} echo "clang: error: unable to execute command: Segmentation fault" >&2; exit 1',
        f'{WARNED} echo "PLEASE submit a bug report" >&2; exit 1',
        f"{WARNED} exit 1",
        f"{WARNED} exit 4",
        f"{WARNED} kill -9 $$",
        'echo "<stdin>:2:1: internal compiler error: no" >&2; exit 0',
    ],
)
async def test_a_compiler_that_broke_down_after_a_finding_is_unknown(
    script: str, tmp_path: Path
) -> None:
    settings = stand_in(tmp_path / "bin", script)
    with pytest.raises(UnavailableError, match="gave no answer"):
        await CHECKER.run(document(tmp_path, "a.c", "int x;\nint y;\n", "c"), settings)


async def test_words_about_failures_in_the_text_are_no_failure(
    compiler: CheckerSettings, root: Path
) -> None:
    text = (
        'void p(const char *);\nint f(void) { p("gcc: error: Killed by signal: internal compiler'
        ' error: out of memory: LLVM ERROR"); return nope; }\n'
    )
    view = document(root, "a.c", text, "c")
    assert marked(view, await find(view, compiler)) == [("undeclared_var_use", "nope")]
