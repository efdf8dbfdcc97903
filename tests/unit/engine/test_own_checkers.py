"""Checkers that users describe, with tools that are scripts of these tests."""

from __future__ import annotations

import json
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.unit.checkers.projects import document, look, marked, write
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.core.failures import UnavailableError
from understudy.core.text import apply
from understudy.engine.checking import check, forget_checks
from understudy.engine.evidence import CheckStatus
from understudy.engine.own_checkers import own_checkers
from understudy.workspace.diagnostics import Severity
from understudy.workspace.tools import ToolMissingError, ToolTimeoutError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.checkers import Checker
    from understudy.workspace.diagnostics import Diagnostic

PATTERN = (
    r"^(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+): (?P<message>.*?)"
    r"(?: \[(?P<code>\w+)\])?$"
)
FINDS_BAD = """\
import sys, pathlib
text = pathlib.Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else sys.stdin.read()
name = sys.argv[1] if len(sys.argv) > 1 else "-"
for number, line in enumerate(text.split("\\n"), 1):
    if "bad" in line:
        print(f"{name}:{number}:{line.index('bad') + 1}: warning: no bad words [W1]")
sys.exit("bad" in text)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "p", a_dot_txt="on disk: bad\n", sub__b_dot_txt="beside")


def described(tmp_path: Path, script: str, *arguments: str, **more: object) -> CheckerSettings:
    tool = write(tmp_path / "tools", tool_dot_py=script) / "tool.py"
    given = {"output": "regex", "pattern": PATTERN, "timeout_s": 30.0, **more}
    return CheckerSettings(
        command=(sys.executable, "-X", "utf8", str(tool), *arguments),
        languages=frozenset({"plaintext"}),
        **given,  # type: ignore[arg-type]  # whatever a test sets
    )


def checker(settings: CheckerSettings) -> Checker:
    return own_checkers(Settings(checkers=MappingProxyType({"mine": settings})))["mine"]


async def run(settings: CheckerSettings, view: View) -> tuple[Diagnostic, ...]:
    return await checker(settings).run(view, settings)


async def test_lines_about_standard_input_become_findings(root: Path, tmp_path: Path) -> None:
    view = document(root, "a.txt", 'π = "😀" bad\r\nok\n', "plaintext")
    (found,) = await run(described(tmp_path, FINDS_BAD), view)
    assert marked(view, (found,)) == [("W1", "bad")]
    assert (found.source, found.message, found.severity) == (
        *("mine", "no bad words", Severity.WARNING),
    )
    assert await run(described(tmp_path, FINDS_BAD), document(root, "a.txt", "", "plaintext")) == ()


@pytest.mark.parametrize("arguments", [(), ("{file}",)])
async def test_a_tool_that_reads_files_gets_one_of_a_private_tree(
    arguments: tuple[str, ...], root: Path, tmp_path: Path
) -> None:
    settings = described(tmp_path, FINDS_BAD, *arguments, stdin=False)
    view = document(root, "a.txt", "bad in memory\n", "plaintext")
    assert marked(view, await run(settings, view)) == [("W1", "bad")]
    clean = document(root, "sub/new.txt", "good\n", "plaintext")
    assert await run(settings, clean) == ()
    assert (root / "a.txt").read_text() == "on disk: bad\n"


async def test_the_tree_has_the_files_beside_and_what_is_written_stays_in_it(
    root: Path, tmp_path: Path
) -> None:
    script = (
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        "(file.parent / 'cache').write_text('')\n"
        "beside = pathlib.Path('sub/b.txt').read_text()\nprint(f'{file}:1:1: error: {beside}')\n"
    )
    settings = described(tmp_path, script, "{file}", stdin=False)
    view = document(root, "a.txt", "x\n", "plaintext")
    built = checker(settings)

    class Patient:
        run = staticmethod(lambda view, _: built.run(view, settings))

    (found,) = await look(Patient, view)  # type: ignore[arg-type]  # runs it with its own settings
    assert (found.message, found.severity) == ("beside", Severity.ERROR)


async def test_sarif_is_read_with_its_fixes(root: Path, tmp_path: Path) -> None:
    region = {"startLine": 1, "startColumn": 5, "endColumn": 8}
    where = {"artifactLocation": {"uri": "a.txt"}, "region": region}
    change = {
        "artifactLocation": {"uri": "a.txt"},
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": "good"}}],
    }
    result = {
        "ruleId": "W1",
        "level": "error",
        "message": {"text": "no bad words"},
        "locations": [{"physicalLocation": where}],
        "fixes": [{"description": {"text": "Say good"}, "artifactChanges": [change]}],
    }
    log = json.dumps({"runs": [{"results": [result, {**result, "kind": "pass"}]}]})
    settings = described(tmp_path, f"print({log!r})", output="sarif", pattern="")
    view = document(root, "a.txt", "😀 😀bad\n".replace(" 😀", "  "), "plaintext")
    (found,) = await run(settings, view)
    assert (found.code, found.span.of(view.text), found.severity) == ("W1", "bad", Severity.ERROR)
    (suggestion,) = found.suggestions
    assert apply(view.text, suggestion.edits) == "😀  good\n"


async def test_findings_in_other_files_are_not_told(root: Path, tmp_path: Path) -> None:
    script = f"print({str(root / 'sub/b.txt')!r} + ':1:1: error: x [E]'); raise SystemExit(1)"
    view = document(root, "a.txt", "x\n", "plaintext")
    assert await run(described(tmp_path, script), view) == ()


async def test_of_a_type_checker_only_errors_count(root: Path, tmp_path: Path) -> None:
    script = "print('-:1:1: error: x [E]\\n-:1:1: warning: y [W]\\n-:1:1: odd: z [O]')"
    view = document(root, "a.txt", "x\n", "plaintext")
    found = await run(described(tmp_path, script), view)
    assert [one.severity.value for one in found] == ["error", "warning", "warning"]
    found = await run(described(tmp_path, script, is_type_checker=True, severity="error"), view)
    assert [one.code for one in found] == ["E", "O"]


@pytest.mark.parametrize(
    "script",
    ["raise SystemExit(1)", "raise SystemExit(2)", "print('-:1:1: error: x'); raise SystemExit(3)"],
)
async def test_a_tool_that_breaks_is_unavailable(script: str, root: Path, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="ended with code"):
        await run(described(tmp_path, script), document(root, "a.txt", "x\n", "plaintext"))


@pytest.mark.parametrize("log", ["", "{}", "[]", '{"runs": 1}', '{"runs": [{"results": [1]}]}'])
async def test_what_is_no_sarif_is_unavailable(log: str, root: Path, tmp_path: Path) -> None:
    settings = described(tmp_path, f"print({log!r})", output="sarif", pattern="")
    with pytest.raises(UnavailableError, match="is no SARIF"):
        await run(settings, document(root, "a.txt", "x\n", "plaintext"))


RESULT = '{"ruleId": "W", "message": {"text": "x"}}'
GOOD = '"invocations": [{"executionSuccessful": true, "exitCode": 3}]'
NOTICE = '[{"level": "%s", "message": {"text": "It broke."}}]'


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ('{"runs": []}', 0),
        ('{"runs": [{"tool": {}}]}', 0),
        ('{"runs": [{"results": null}]}', 0),
        ('{"runs": [{"results": []}, {"results": null}]}', 0),
        ('{"runs": [{"results": [], "invocations": [{"executionSuccessful": false}]}]}', 0),
        (
            '{"runs": [{"results": [], "invocations": [{"executionSuccessful": true,'
            f' "toolExecutionNotifications": {NOTICE % "error"}}}]}}]}}',
            0,
        ),
        (
            '{"runs": [{"results": [], "invocations": [{"executionSuccessful": true,'
            f' "toolConfigurationNotifications": {NOTICE % "error"}}}]}}]}}',
            0,
        ),
        ('{"runs": [{"results": []}]}', 1),
        ('{"runs": [{"results": []}]}', 137),
        (f'{{"runs": [{{"results": [{RESULT}]}}]}}', 2),
        (f'{{"runs": [{{"results": [], {GOOD}}}]}}', 2),
    ],
)
async def test_a_log_of_a_tool_that_did_not_look_is_unavailable(
    log: str, code: int, root: Path, tmp_path: Path
) -> None:
    script = f"print({log!r}); raise SystemExit({code})"
    settings = described(tmp_path, script, output="sarif", pattern="")
    with pytest.raises(UnavailableError, match="did not look to the end"):
        await run(settings, document(root, "a.txt", "x\n", "plaintext"))


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ('{"runs": [{"results": []}]}', 0),
        (f'{{"runs": [{{"results": [{RESULT}]}}]}}', 1),
        (f'{{"runs": [{{"results": [], {GOOD}}}]}}', 1),
        (f'{{"runs": [{{"results": [], {GOOD}}}]}}', 3),
        (
            '{"runs": [{"results": [], "invocations": [{"executionSuccessful": true,'
            f' "toolExecutionNotifications": {NOTICE % "warning"}}}]}}]}}',
            0,
        ),
    ],
)
async def test_a_log_of_a_tool_that_looked_counts_though_nothing_was_found_here(
    log: str, code: int, root: Path, tmp_path: Path
) -> None:
    script = f"print({log!r}); raise SystemExit({code})"
    settings = described(tmp_path, script, output="sarif", pattern="")
    assert await run(settings, document(root, "a.txt", "x\n", "plaintext")) == ()


async def test_a_tool_that_hangs_is_ended(root: Path, tmp_path: Path) -> None:
    settings = described(tmp_path, "import time; time.sleep(60)", timeout_s=0.5)
    with pytest.raises(ToolTimeoutError):
        await run(settings, document(root, "a.txt", "x\n", "plaintext"))


async def test_it_runs_where_tools_may_run_and_is_found(root: Path, tmp_path: Path) -> None:
    settings = described(tmp_path, FINDS_BAD)
    view = document(root, "a.txt", "x\n", "plaintext")
    assert await checker(settings).locate(view, settings) == sys.executable
    untrusted = document(root, "a.txt", "x\n", "plaintext", Trust.UNTRUSTED)
    with pytest.raises(ToolMissingError):
        await run(settings, untrusted)
    foreign = CheckerSettings(
        command=("./tool",),
        languages=frozenset({"plaintext"}),
        output="sarif",
        command_from_workspace=True,
    )
    with pytest.raises(ToolMissingError, match="not trusted yet"):
        await run(foreign, view)


async def test_a_document_without_a_file_is_checked(tmp_path: Path) -> None:
    view = View("untitled:1", "bad\n", Policy(Trust.TRUSTED), language="plaintext")
    for settings in (described(tmp_path, FINDS_BAD), described(tmp_path, FINDS_BAD, stdin=False)):
        assert len(await run(settings, view)) == 1


async def test_the_engine_asks_it_like_any_other(root: Path, tmp_path: Path) -> None:
    forget_checks()
    settings = Settings(checkers=MappingProxyType({"mine": described(tmp_path, FINDS_BAD)}))
    (report,) = await check(document(root, "a.txt", "bad\n", "plaintext"), settings)
    assert (report.checker, report.status) == ("mine", CheckStatus.DONE)
    assert [one.code for one in report.diagnostics] == ["W1"]


def test_what_is_not_a_whole_description_and_what_is_built_in_are_none() -> None:
    half = CheckerSettings(command=("x",), output="sarif")
    whole = CheckerSettings(command=("x",), output="sarif", languages=frozenset({"c"}))
    assert own_checkers(Settings(checkers=MappingProxyType({"x": half, "ruff": whole}))) == {}
