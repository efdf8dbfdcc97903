"""What test runners report: which tests passed and which failed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.core.plain_files import read_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from understudy.workspace.tools import Finished

_MOST_BYTES = 32 * 1024 * 1024
_MOST_SAID = 200_000


@dataclass(frozen=True, slots=True)
class Results:
    """The tests of one run, by names that stay the same from run to run.

    Attributes:
        broken: whether tests could not even be started: nothing is known of those then.
        output: what the runner printed, for people.
    """

    passed: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    broken: bool = False
    output: str = ""


def read_exit_code(finished: Finished, _: Path | None) -> Results:
    """Of a command that only says whether all is well."""
    good, name = finished.returncode == 0, frozenset({"the tests"})
    return Results(passed=name if good else frozenset(), failed=frozenset() if good else name)


def read_junit(finished: Finished, report: Path | None) -> Results:
    """The XML report that pytest writes with `--junitxml`.

    A file that can't be imported is reported as an error of a test without a class.
    """
    from xml.etree import ElementTree as Tree

    content = _content(report)
    try:
        root = Tree.fromstring(content)  # noqa: S314 - written by a program that we started; expat limits entities
    except Tree.ParseError:
        # Exit code 5 means that there are no tests.
        return Results(broken=finished.returncode not in {0, 5})
    passed, failed, broken = set(), set(), False
    for case in root.iter("testcase"):
        name = f"{case.get('classname', '')}::{case.get('name', '')}"
        if case.find("error") is not None and not case.get("classname"):
            broken = True
        elif case.find("failure") is not None or case.find("error") is not None:
            failed.add(name)
        elif case.find("skipped") is None:
            passed.add(name)
    return Results(frozenset(passed - failed), frozenset(failed), broken)


def read_go(finished: Finished, _: Path | None) -> Results:
    """The lines of `go test -json` (`go doc test2json`)."""
    passed, failed = set(), set()
    for event in _json_lines(finished.stdout):
        name = event.get("Test")
        if not isinstance(name, str):
            continue
        package = event.get("Package", "")
        if event.get("Action") == "pass":
            passed.add(f"{package}.{name}")
        elif event.get("Action") == "fail":
            failed.add(f"{package}.{name}")
    broken = finished.returncode != 0 and not failed
    return Results(frozenset(passed - failed), frozenset(failed), broken)


_CARGO = re.compile(r"^test (\S+)(?: - [^\n]*?)? \.\.\. (ok|FAILED)$", re.MULTILINE)


def read_cargo(finished: Finished, _: Path | None) -> Results:
    """The lines that Rust's test harness prints."""
    text = _text(finished.stdout)
    found = [(one[1], one[2]) for one in _CARGO.finditer(text)]
    passed = frozenset(name for name, result in found if result == "ok")
    failed = frozenset(name for name, result in found if result == "FAILED")
    broken = finished.returncode != 0 and not failed
    return Results(passed - failed, failed, broken)


def read_jest(finished: Finished, report: Path | None) -> Results:
    """The JSON report of Jest, which Vitest writes as well."""
    try:
        found = json.loads(_content(report))
    except (ValueError, RecursionError):
        return Results(broken=finished.returncode != 0)
    passed, failed, broken = set(), set(), False
    for file in _list(found, "testResults"):
        cases = _list(file, "assertionResults")
        broken |= not cases and file.get("status") == "failed"
        for case in cases:
            name = str(case.get("fullName"))
            if case.get("status") == "passed":
                passed.add(name)
            elif case.get("status") == "failed":
                failed.add(name)
    return Results(frozenset(passed - failed), frozenset(failed), broken)


_TAP = re.compile(r"^[ ]*(not )?ok [0-9]+ - ([^\n]*)$", re.MULTILINE)
_LEFT_OUT = re.compile(r" # (?:SKIP|TODO)\b", re.IGNORECASE)


def read_tap(finished: Finished, _: Path | None) -> Results:
    """The Test Anything Protocol, which Node's own runner speaks. Suites count like tests."""
    passed: set[str] = set()
    failed: set[str] = set()
    for found in _TAP.finditer(_text(finished.stdout)):
        if not _LEFT_OUT.search(found[2]):
            (failed if found[1] else passed).add(found[2].strip())
    broken = finished.returncode != 0 and not failed
    return Results(frozenset(passed - failed), frozenset(failed), broken)


def said(finished: Finished) -> str:
    """What a runner printed, its end, where failures are told."""
    return f"{_text(finished.stdout)}\n{_text(finished.stderr)}"[-_MOST_SAID:]


def _content(report: Path | None) -> bytes:
    if report is None:
        return b""
    try:
        return read_plain(report, _MOST_BYTES)
    except (OSError, ValueError):
        return b""


def _text(output: bytes) -> str:
    return output.decode(errors="replace").replace("\r\n", "\n")


def _json_lines(output: bytes) -> Iterator[dict[str, Any]]:
    for line in output.split(b"\n"):
        if not line.startswith(b"{"):
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _list(found: Any, key: str) -> Iterable[dict[str, Any]]:
    items = found.get(key) if isinstance(found, dict) else None
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
