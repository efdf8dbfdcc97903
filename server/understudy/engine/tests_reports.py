"""What test runners report: which tests passed and which failed."""

from __future__ import annotations

import json
import re
from collections import Counter
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


_NO_TESTS = 5
"""pytest's exit code where there are none; 0 is that all passed, 1 that some failed."""


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
        # A run that ended well without a report was ended by what it ran.
        return Results(broken=finished.returncode != _NO_TESTS)
    passed, failed = set(), set()
    broken = finished.returncode not in {0, 1, _NO_TESTS}
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


class _Told:
    """The tests of a run. One whose name another one has is told by its number among them."""

    def __init__(self) -> None:
        self._passed: set[str] = set()
        self._failed: set[str] = set()
        self._seen: Counter[str] = Counter()

    def add(self, name: str, *, passed: bool | None) -> None:
        """Take a test; None for one that was not run."""
        self._seen[name] += 1
        number = self._seen[name]
        full = f"{name} ({number})" if number > 1 else name
        if passed is not None:
            (self._passed if passed else self._failed).add(full)

    def results(self, *, broken: bool, fails: bool) -> Results:
        """What was taken. A run that fails with no test that fails did not come to its end."""
        is_broken = broken or (fails and not self._failed)
        return Results(frozenset(self._passed), frozenset(self._failed), is_broken)


_CARGO = re.compile(r"^test (\S+)(?: - [^\n]*?)? \.\.\. (ok|FAILED|ignored)", re.MULTILINE)


def read_cargo(finished: Finished, _: Path | None) -> Results:
    """The lines that Rust's test harness prints, one program after the other."""
    told = _Told()
    for one in _CARGO.finditer(_text(finished.stdout)):
        told.add(one[1], passed=None if one[2] == "ignored" else one[2] == "ok")
    return told.results(broken=False, fails=finished.returncode != 0)


def read_jest(finished: Finished, report: Path | None) -> Results:
    """The JSON report of Jest, which Vitest writes as well."""
    try:
        found = json.loads(_content(report))
    except (ValueError, RecursionError):
        return Results(broken=True)
    told, broken = _Told(), False
    for file in sorted(_list(found, "testResults"), key=lambda one: str(one.get("name"))):
        cases = _list(file, "assertionResults")
        broken |= not cases and file.get("status") == "failed"
        for case in cases:
            status = case.get("status")
            passed = status == "passed" if status in {"passed", "failed"} else None
            told.add(str(case.get("fullName")), passed=passed)
    return told.results(broken=broken, fails=finished.returncode != 0)


_TAP = re.compile(r"^[ ]*(not )?ok [0-9]+ - ([^\n]*)$", re.MULTILINE)
_LEFT_OUT = re.compile(r" # (?:SKIP|TODO)\b", re.IGNORECASE)


def read_tap(finished: Finished, _: Path | None) -> Results:
    """The Test Anything Protocol, which Node's own runner speaks. Suites count like tests."""
    told = _Told()
    for found in _TAP.finditer(_text(finished.stdout)):
        left_out = _LEFT_OUT.search(found[2])
        name = found[2][: left_out.start()] if left_out else found[2]
        told.add(name.strip(), passed=None if left_out else not found[1])
    return told.results(broken=False, fails=finished.returncode != 0)


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
