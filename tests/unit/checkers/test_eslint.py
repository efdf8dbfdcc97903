from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import require
from tests.unit.checkers.node import install
from tests.unit.checkers.projects import document, look, marked, tree, write
from understudy.checkers import ToolMissingError, all_checkers
from understudy.checkers.eslint import read_results
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.workspace.diagnostics import Severity, is_syntax_error
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ESLINT = all_checkers()["eslint"]
BEST = CheckerSettings(timeout_s=60)
CONFIG = """export default [
  { files: ["**/*.js"], rules: { "prefer-const": "error", "no-undef": "error", eqeqeq: "warn" } },
];
"""


@pytest.fixture
async def root(tmp_path: Path) -> AsyncIterator[Path]:
    install(tmp_path, "eslint")
    write(tmp_path, package_dot_json='{"type": "module"}')
    (tmp_path / "eslint.config.mjs").write_text(CONFIG)
    yield tmp_path
    assert ESLINT.close is not None
    await ESLINT.close()
    assert psutil.Process().children(recursive=True) == []


def js(root: Path, text: str, trust: Trust = Trust.TRUSTED, name: str = "a.js") -> View:
    return document(root, name, text, "javascript", trust)


def by_process(root: Path) -> CheckerSettings:
    script = root / "node_modules/eslint/bin/eslint.js"
    return CheckerSettings(command=(require("node"), str(script)), timeout_s=60)


TEXTS = [
    'export const s = "π😀"; undefd(s);\n',
    'if (1) {\n\tundefd("π😀");\n}\r\n',
    'export const a = "π😀";\r\nundefd(a);\r\n',
    '\ufeffundefd("π😀");\n',
    '"😀"; /* \u2028\u2029 */ undefd("😀");\n',
]


@pytest.mark.parametrize("text", TEXTS)
async def test_the_place_is_counted_in_code_points_of_the_document(text: str, root: Path) -> None:
    view = js(root, text)
    found = await look(ESLINT, view)
    assert marked(view, found) == [("no-undef", "undefd")]
    assert [(one.source, one.severity) for one in found] == [("eslint", Severity.ERROR)]


@pytest.mark.parametrize("text", [*TEXTS, "let a = 1;\nif (a == 2) { }\n", "const = ;"])
async def test_the_warm_child_says_what_the_command_says(text: str, root: Path) -> None:
    view = js(root, text)
    warm = await ESLINT.run(view, BEST)
    cold = await ESLINT.run(view, by_process(root))
    assert [(one, one.suggestions) for one in warm] == [(one, one.suggestions) for one in cold]
    assert warm


@pytest.mark.parametrize("mark", ["", "\ufeff"])
async def test_its_fix_is_a_safe_suggestion_and_its_suggestion_an_unsafe_one(
    mark: str, root: Path
) -> None:
    view = js(root, f'{mark}"π😀"; let a = 1;\nexport const b = a == 2;\n')
    const, equal = await look(ESLINT, view)
    assert [one.safe for one in const.suggestions] == [True]
    assert [one.safe for one in equal.suggestions] == [False]
    assert "; const a = 1;" in apply(view.text, const.suggestions[0].edits)
    assert "a === 2" in apply(view.text, equal.suggestions[0].edits)


async def test_an_edit_that_fixes_one_problem_and_adds_another_is_seen_as_both(root: Path) -> None:
    before = js(root, "undefd();\n")
    assert marked(before, await look(ESLINT, before)) == [("no-undef", "undefd")]
    after = replace(before, text="let x = 1;\nexport { x };\n")
    assert marked(after, await look(ESLINT, after))[0][0] == "prefer-const"


async def test_what_does_not_parse_is_a_syntax_error(root: Path) -> None:
    (error,) = await look(ESLINT, js(root, "const = ;\n"))
    assert is_syntax_error(error)


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("/* eslint-disable no-undef */", "unused-disable-directive"),
        ("/* eslint-enable no-undef */", "unused-disable-directive"),
        ('/* eslint eqeqeq: "warn" */', "unused-inline-config"),
        ("/* eslint-disable-line no-undef\n*/", "directive"),
        ("/* eslint {bad */", "directive"),
    ],
)
async def test_a_comment_for_eslint_that_is_not_needed_is_a_finding_among_others(
    comment: str, code: str, root: Path
) -> None:
    linter = "linterOptions: { reportUnusedInlineConfigs: 'warn' }, rules:"
    (root / "eslint.config.mjs").write_text(CONFIG.replace("rules:", linter))
    view = js(root, f"{comment}\nlet π = 1;\n")
    found = await look(ESLINT, view)
    assert [one for one, _ in marked(view, found)] == [code, "prefer-const"]
    assert not any(map(is_syntax_error, found))


async def test_a_change_of_the_configuration_counts_at_once(root: Path) -> None:
    view = js(root, "undefd();\n")
    assert await look(ESLINT, view)
    (root / "eslint.config.mjs").write_text("export default [];")
    assert await look(ESLINT, view) == ()


async def test_a_file_that_it_leaves_out_is_unknown(root: Path) -> None:
    with pytest.raises(UnavailableError, match=r"did not look|leaves this file out"):
        await ESLINT.run(js(root, "undefd();\n", name="a.xyz"), BEST)


async def test_a_broken_configuration_is_unavailable_and_says_so(root: Path) -> None:
    (root / "eslint.config.mjs").write_text("nonsense = [")
    with pytest.raises(UnavailableError, match="ESLint failed"):
        await ESLINT.run(js(root, "undefd();\n"), BEST)


async def test_what_a_plugin_prints_does_not_disturb(root: Path) -> None:
    (root / "eslint.config.mjs").write_text(f"console.log('{{}}');\n{CONFIG}")
    assert len(await look(ESLINT, js(root, "undefd();\n"))) == 1


async def test_what_does_not_answer_in_time_is_unknown_and_the_next_one_is_right(
    root: Path,
) -> None:
    view = js(root, "undefd();\n")
    assert len(await look(ESLINT, view)) == 1
    with pytest.raises(ToolTimeoutError, match="did not answer within"):
        await ESLINT.run(
            replace(view, text="undefd();\n" * 50_000), CheckerSettings(timeout_s=0.05)
        )
    assert marked(view, await look(ESLINT, view)) == [("no-undef", "undefd")]


@pytest.mark.parametrize("trust", [Trust.UNTRUSTED, Trust.RESTRICTED])
async def test_its_configuration_is_not_run_where_the_workspace_is_not_trusted(
    trust: Trust, root: Path
) -> None:
    proof = root / "executed"
    (root / "eslint.config.mjs").write_text(
        f'import fs from "node:fs"; fs.writeFileSync({str(proof)!r}, ""); export default [];'
    )
    before = tree(root)
    with pytest.raises(ToolMissingError, match="not trusted"):
        await ESLINT.run(js(root, "undefd();\n", trust), BEST)
    assert tree(root) == before


def test_it_has_a_say_where_the_project_is_configured_for_it(tmp_path: Path) -> None:
    assert ESLINT.applies is not None
    view = js(tmp_path, "", name="deep/a.js")
    assert not ESLINT.applies(view, CheckerSettings())
    assert ESLINT.applies(view, CheckerSettings(command=("eslint",)))
    (tmp_path / "eslint.config.mjs").write_text("")
    assert ESLINT.applies(view, CheckerSettings())


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX are stand-ins scripts.")
@pytest.mark.parametrize("output", ["", "{}", "null", "[1]", "[[]]", "[" * 100_000])
async def test_an_answer_that_is_something_else_is_unavailable(output: str, tmp_path: Path) -> None:
    write(tmp_path, bin__answer=output, bin__eslint=f"#!/bin/sh\ncat {tmp_path}/bin/answer\n")
    (tmp_path / "bin/eslint").chmod(0o755)
    settings = CheckerSettings(command=(str(tmp_path / "bin/eslint"),))
    with pytest.raises(UnavailableError, match="ESLint"):
        await ESLINT.run(js(tmp_path, ""), settings)


async def test_locate_names_path_and_version(root: Path) -> None:
    assert (await ESLINT.locate(js(root, ""), BEST)).endswith("eslint (10.15.0)")


@given(
    st.recursive(
        st.none() | st.integers(-1, 9) | st.text(max_size=5) | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["messages", "line", "column", "endLine", "ruleId", "message", "severity"]
                ),
                inner,
            )
        ),
    )
)
def test_whatever_the_answer_is_reading_raises_only_its_own_failure(results: object) -> None:
    try:
        found = read_results([{"messages": results}], View("untitled:a", "aπ😀\n", Policy()))
    except UnavailableError:
        return
    assert all(0 <= one.span.start <= one.span.end <= 4 for one in found)
