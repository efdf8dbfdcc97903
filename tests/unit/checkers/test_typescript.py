from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.unit.checkers.node import install, installed
from tests.unit.checkers.projects import document, look, marked, tree, write
from understudy.checkers import ToolMissingError, all_checkers
from understudy.config.policy import Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.engine.checking import check
from understudy.engine.evidence import CheckStatus
from understudy.engine.unseen import is_unseen, why_unseen
from understudy.workspace.diagnostics import Severity
from understudy.workspace.tools import ToolTimeoutError
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from understudy.workspace.diagnostics import Diagnostic

TYPESCRIPT = all_checkers()["typescript"]
CONFIG = (
    '{"compilerOptions": {"strict": true, "target": "es2022", "lib": ["es2022"],'
    ' "module": "nodenext", "types": []}}'
)
BEST = CheckerSettings(timeout_s=60)


@pytest.fixture(params=["typescript", "typescript-7"])
async def root(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Path]:
    """A project with each of the two kinds of TypeScript; its servers are gone after the test."""
    install(tmp_path, "typescript", also_called=request.param)
    helper = "export const later = 1;\nexport function helper(a: number): number { return a }\n"
    write(
        tmp_path,
        tsconfig_dot_json=CONFIG,
        package_dot_json='{"type": "module"}',
        b_dot_ts=helper,
        a_dot_ts="export {};\n",
    )
    yield tmp_path
    await TYPESCRIPT.close()  # type: ignore[misc]  # it has one
    assert psutil.Process().children(recursive=True) == []


def ts(root: Path, text: str, name: str = "a.ts", language: str = "typescript") -> View:
    return document(root, name, text, language)


def errors(view: View, found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return marked(view, tuple(one for one in found if one.severity is Severity.ERROR))


@pytest.mark.parametrize(
    "text",
    [
        'const s = "π😀"; undefd(s);\nexport {};\n',
        'if (1) {\n\tundefd("π😀");\n}\nexport {};\r\n',
        'export const a = "π😀";\r\nundefd(a);\r\n',
        '\ufeffundefd("π😀");\nexport {};\n',
        'const a = "😀"; /* \u2028\u2029 */ undefd(a); // 😀\nexport {};\n',
    ],
)
async def test_the_place_is_counted_in_code_points_of_the_document(text: str, root: Path) -> None:
    view = ts(root, text)
    found = await look(TYPESCRIPT, view)
    assert errors(view, found) == [("2304", "undefd")]
    assert {one.source for one in found} == {"ts"}


async def test_an_edit_that_fixes_one_problem_and_adds_another_is_seen_as_both(root: Path) -> None:
    before = ts(root, 'const s = "😀";\nundefd(s);\nexport {};\n')
    assert errors(before, await look(TYPESCRIPT, before)) == [("2304", "undefd")]
    after = replace(before, text='const s = "😀";\nconst n: number = s;\nexport { n };\n')
    assert errors(after, await look(TYPESCRIPT, after)) == [("2322", "n")]
    assert errors(before, await look(TYPESCRIPT, before)) == [("2304", "undefd")]


async def test_a_missing_import_is_suggested(root: Path) -> None:
    view = ts(root, 'const s = "π😀";\nhelper(s.length);\nexport {};\n')
    (error,) = [one for one in await look(TYPESCRIPT, view) if one.code == "2304"]
    results = [apply(view.text, one.edits) for one in error.suggestions]
    assert any('import { helper } from "./b.js"' in result for result in results)
    for result in results:
        fixed = replace(view, text=result)
        assert errors(fixed, await look(TYPESCRIPT, fixed)) == []


async def test_a_finding_points_at_what_it_is_about_in_another_file(root: Path) -> None:
    view = ts(root, 'import { helper } from "./b.js";\nexport const a = helper();\n')
    (found,) = await look(TYPESCRIPT, view)
    assert [(one.uri, one.start) for one in found.related] == [((root / "b.ts").as_uri(), (1, 23))]


async def test_what_does_not_parse_is_an_error(root: Path) -> None:
    view = ts(root, "export const = 1;\n")
    assert errors(view, await look(TYPESCRIPT, view))


async def test_the_projects_own_configuration_counts(root: Path) -> None:
    view = ts(root, "export function f(a) { return a }\n")
    assert errors(view, await look(TYPESCRIPT, view)) == [("7006", "a")]
    (root / "loose").mkdir()
    (root / "loose/tsconfig.json").write_text('{"compilerOptions": {"strict": false}}')
    (root / "loose/a.ts").write_text("export {};\n")
    loose = ts(root, view.text, "loose/a.ts")
    assert errors(loose, await look(TYPESCRIPT, loose)) == []


async def test_javascript_is_only_checked_for_types_where_the_project_asks_for_it(
    root: Path,
) -> None:
    text = 'const n = 1;\nn.lenght;\nn = "π";\nexport {};\n'
    (root / "c.js").write_text("export {};\n")
    view = ts(root, text, "c.js", "javascript")
    assert "2339" not in [code for code, _ in errors(view, await look(TYPESCRIPT, view))]
    asked = replace(view, text=f"// @ts-check\n{text}")
    assert "2339" in [code for code, _ in errors(asked, await look(TYPESCRIPT, asked))]
    broken = replace(view, text="const = ;\n")
    assert errors(broken, await look(TYPESCRIPT, broken))


@pytest.mark.parametrize(
    ("text", "name", "language", "is_shallow"),
    [
        ("undefd(1);\n", "c.js", "javascript", True),
        ("undefd(1) // no line end", "c.jsx", "javascriptreact", True),
        ("// @ts-check\nundefd(1);\n", "c.js", "javascript", False),
        ("// @ts-nocheck\nundefd(1);\n", "a.ts", "typescript", True),
        ("undefd(1);\n", "a.ts", "typescript", False),
        ("undefd(1);\n", "asked/c.js", "javascript", False),
        ("// @ts-nocheck\nundefd(1);\n", "asked/c.js", "javascript", True),
    ],
)
async def test_it_tells_whether_it_looked_at_more_than_the_syntax(
    text: str, name: str, language: str, is_shallow: bool, root: Path
) -> None:
    options = '{"checkJs": true, "types": []}'
    write(root, asked__jsconfig_dot_json=f'{{"compilerOptions": {options}}}', asked__c_dot_js="")
    settings = Settings(checkers=MappingProxyType({"typescript": BEST}))
    (report,) = await check(ts(root, text, name, language), settings, only=("typescript",))
    assert (report.status, report.is_shallow) == (CheckStatus.DONE, is_shallow)
    assert ("2304" in [one.code for one in report.diagnostics]) != is_shallow
    assert is_unseen((report,)) == is_shallow
    assert bool(why_unseen((report,), language)) == is_shallow


async def test_documents_that_are_open_beside_it_count_as_they_are_in_the_editor(
    root: Path,
) -> None:
    view = ts(root, 'import { fresh } from "./b.js";\nexport const a = fresh;\n')
    assert [code for code, _ in errors(view, await look(TYPESCRIPT, view))] == ["2305"]
    path = root / "b.ts"
    unsaved = OpenDocument(path.as_uri(), path, "typescript", 2, "export const fresh = 1;\n")
    assert errors(view, await look(TYPESCRIPT, replace(view, beside=(unsaved,)))) == []
    assert [code for code, _ in errors(view, await look(TYPESCRIPT, view))] == ["2305"]


async def test_no_check_sees_the_candidate_of_another(root: Path) -> None:
    user = ts(root, 'import { later } from "./b.js";\nexport const a = later;\n')
    assert errors(user, await look(TYPESCRIPT, user)) == []
    candidate = ts(root, "export const other = 1;\n", "b.ts")
    assert errors(candidate, await look(TYPESCRIPT, candidate)) == []
    assert errors(user, await look(TYPESCRIPT, user)) == []


async def test_one_warm_server_serves_checks_that_come_at_once(root: Path) -> None:
    views = [ts(root, f"undefd({number});\nexport {{}};\n") for number in range(4)]
    found = await asyncio.gather(*(TYPESCRIPT.run(one, BEST) for one in views))
    assert [[one.code for one in each] for each in found] == [["2304"]] * 4
    assert len(psutil.Process().children()) == 1


async def test_a_server_that_crashed_is_started_again(root: Path) -> None:
    view = ts(root, "undefd();\nexport {};\n")
    await look(TYPESCRIPT, view)
    family = psutil.Process().children(recursive=True)
    for process in family:
        process.kill()
    await asyncio.to_thread(psutil.wait_procs, [one for one in family if one.is_running()], 10)
    found = await until_it_answers(view)
    assert errors(view, found) == [("2304", "undefd")]


async def until_it_answers(view: View) -> tuple[Diagnostic, ...]:
    """The loop may hear of the end of a program a little later than the system."""
    for _ in range(3):
        with contextlib.suppress(UnavailableError):
            return await TYPESCRIPT.run(view, BEST)
    pytest.fail("TypeScript's server was not started again.")


async def test_what_does_not_answer_in_time_is_unknown(root: Path) -> None:
    view = ts(root, "export {};\n")
    with pytest.raises(ToolTimeoutError, match="did not answer within"):
        await TYPESCRIPT.run(view, CheckerSettings(timeout_s=0.001))
    assert errors(view, await look(TYPESCRIPT, view)) == []


async def test_without_a_folder_it_can_not_work(root: Path) -> None:
    view = View("untitled:1", "", document(root, "a.ts", "", "").policy, language="typescript")
    command = ("node", str(root / "node_modules/typescript/lib/tsserver.js"))
    with pytest.raises(UnavailableError, match="needs a folder"):
        await TYPESCRIPT.run(view, CheckerSettings(command=command))


async def test_locate_names_path_and_version(root: Path) -> None:
    located = await TYPESCRIPT.locate(ts(root, ""), BEST)
    assert str(root) in located
    assert located.endswith((" (6.0.3)", " (7.0.2)"))


@pytest.mark.parametrize("trust", [Trust.UNTRUSTED, Trust.RESTRICTED])
async def test_nothing_inside_a_workspace_runs_that_is_not_trusted(
    tmp_path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed("typescript")
    package = tmp_path / "node_modules/typescript"
    proof = tmp_path / "executed"
    write(
        package, package_dot_json="{}", lib__tsserver_dot_js=f"fs.writeFileSync({str(proof)!r}, '')"
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    before = tree(tmp_path)
    with pytest.raises(ToolMissingError):
        await TYPESCRIPT.run(document(tmp_path, "a.ts", "", "typescript", trust), BEST)
    assert tree(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="Only on POSIX does npm install into lib.")
async def test_in_a_restricted_workspace_the_one_is_used_that_is_installed_for_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix, root = tmp_path / "prefix", tmp_path / "project"
    install(prefix / "lib", "typescript")
    (prefix / "bin").mkdir()
    write(root, tsconfig_dot_json=CONFIG)
    monkeypatch.setenv("PATH", os.pathsep.join((str(prefix / "bin"), os.environ["PATH"])))
    view = document(root, "a.ts", "undefd();\nexport {};\n", "typescript", Trust.RESTRICTED)
    assert errors(view, await look(TYPESCRIPT, view)) == [("2304", "undefd")]
    await TYPESCRIPT.close()  # type: ignore[misc]  # it has one


async def test_without_node_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "typescript")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissingError, match="`node` is not installed"):
        await TYPESCRIPT.run(document(tmp_path, "a.ts", "", "typescript"), BEST)
