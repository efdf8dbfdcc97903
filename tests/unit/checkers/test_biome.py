from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.checkers.node import install
from tests.unit.checkers.projects import document, look, marked, stand_in
from understudy.checkers import ToolMissingError, all_checkers
from understudy.checkers.biome import read_rdjson
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.workspace.diagnostics import Severity, is_syntax_error
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

BIOME = all_checkers()["biome"]
BEST = CheckerSettings(timeout_s=60)
DEBUGGER = "lint/suspicious/noDebugger"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    install(tmp_path, "@biomejs", also_called="@biomejs")
    (tmp_path / "biome.json").write_text('{"linter": {"enabled": true}}')
    return tmp_path


def js(root: Path, text: str, trust: Trust = Trust.TRUSTED, name: str = "a.js") -> View:
    return document(root, name, text, "javascript", trust)


@pytest.mark.parametrize(
    "text",
    [
        'export const s = "π😀"; debugger;\n',
        "if (s) {\n\t/* π😀 */ debugger;\n}\n",
        'export const a = "π😀";\r\ndebugger;\r\n',
        '\ufeffexport const a = "π😀"; debugger;\n',
    ],
)
async def test_the_place_is_counted_in_code_points_of_the_document(text: str, root: Path) -> None:
    view = js(root, text)
    found = tuple(one for one in await look(BIOME, view) if one.code == DEBUGGER)
    assert marked(view, found) == [(DEBUGGER, "debugger;")]
    assert [(one.source, one.severity) for one in found] == [("biome", Severity.ERROR)]


async def test_its_fix_is_a_suggestion(root: Path) -> None:
    view = js(root, 'export const s = "π😀" == x;\n')
    (equal,) = [one for one in await look(BIOME, view) if one.code.endswith("noDoubleEquals")]
    (suggestion,) = equal.suggestions
    assert apply(view.text, suggestion.edits) == 'export const s = "π😀" === x;\n'
    assert not suggestion.safe


async def test_an_edit_that_fixes_one_problem_and_adds_another_is_seen_as_both(root: Path) -> None:
    before = js(root, "debugger;\n")
    assert [one.code for one in await look(BIOME, before)] == [DEBUGGER]
    after = replace(before, text="export const a = b == c;\n")
    assert [one.code for one in await look(BIOME, after)] == ["lint/suspicious/noDoubleEquals"]


async def test_what_does_not_parse_is_a_syntax_error(root: Path) -> None:
    assert any(map(is_syntax_error, await look(BIOME, js(root, "const = ;\n"))))


async def test_the_projects_own_configuration_counts_for_the_place_of_the_file(root: Path) -> None:
    (root / "biome.json").write_text(
        '{"overrides": [{"includes": ["loose/**"], "linter": {"enabled": false}}]}'
    )
    (root / "loose").mkdir()
    assert await look(BIOME, js(root, "debugger;\n")) != ()
    with pytest.raises(UnavailableError, match="leaves this file out"):
        await look(BIOME, js(root, "debugger;\n", name="loose/a.js"))


async def test_a_file_that_it_leaves_out_is_unknown(root: Path) -> None:
    (root / "biome.json").write_text('{"files": {"includes": ["**", "!a.js"]}}')
    with pytest.raises(UnavailableError, match="leaves this file out"):
        await BIOME.run(js(root, "debugger;\n"), BEST)


async def test_a_broken_configuration_is_unavailable_and_says_so(root: Path) -> None:
    (root / "biome.json").write_text("nonsense = [")
    with pytest.raises(UnavailableError, match="Biome gave no answer"):
        await BIOME.run(js(root, "debugger;\n"), BEST)


async def test_what_does_not_answer_in_time_is_unknown(tmp_path: Path) -> None:
    slow = stand_in(tmp_path / "bin", "read line")
    hanging = replace(slow, command=(*slow.command,), timeout_s=0.2)
    (tmp_path / "bin/tool").write_text("#!/bin/sh\nwhile :; do :; done\n")
    with pytest.raises(ToolTimeoutError):
        await BIOME.run(js(tmp_path, ""), hanging)


@pytest.mark.parametrize("trust", [Trust.UNTRUSTED, Trust.RESTRICTED])
async def test_the_projects_own_program_runs_only_where_it_is_trusted(
    trust: Trust, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(ToolMissingError):
        await BIOME.run(js(root, "debugger;\n", trust), BEST)


def test_it_has_a_say_where_the_project_is_configured_for_it(tmp_path: Path) -> None:
    assert BIOME.applies is not None
    view = js(tmp_path, "", name="deep/a.js")
    assert not BIOME.applies(view, CheckerSettings())
    assert BIOME.applies(view, CheckerSettings(command=("biome",)))
    (tmp_path / "biome.jsonc").write_text("{}")
    assert BIOME.applies(view, CheckerSettings())


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are stand-ins scripts.")
@pytest.mark.parametrize("output", ["", "{}", "null", "[1]", '{"diagnostics": [1]}'])
async def test_an_answer_that_is_something_else_is_unavailable(output: str, tmp_path: Path) -> None:
    answering = stand_in(tmp_path / "bin", f"printf %s '{output}'")
    with pytest.raises(UnavailableError, match="Biome"):
        await BIOME.run(js(tmp_path, ""), answering)


@pytest.mark.parametrize("code", [1, 2, 137])
async def test_an_answer_without_findings_of_one_that_failed_is_unavailable(
    code: int, tmp_path: Path
) -> None:
    failing = stand_in(tmp_path / "bin", f"""echo '{{"diagnostics": []}}'; exit {code}""")
    with pytest.raises(UnavailableError, match="ended with code"):
        await BIOME.run(js(tmp_path, ""), failing)


async def test_locate_names_path_and_version(root: Path) -> None:
    assert "2.6.8" in await BIOME.locate(js(root, ""), BEST)


@given(
    st.recursive(
        st.none() | st.integers(-1, 9) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["location", "path", "range", "start", "end", "line", "column", "message"]
                ),
                inner,
            )
        ),
    )
)
def test_whatever_the_output_is_reading_raises_only_its_own_failure(entries: object) -> None:
    try:
        found = read_rdjson(
            json.dumps({"diagnostics": entries}).encode(), View("untitled:a", "aπ😀\n", Policy())
        )
    except UnavailableError:
        return
    assert all(0 <= one.span.start <= one.span.end <= 4 for one in found)
