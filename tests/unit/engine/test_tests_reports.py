"""What test runners print and write, read as tests that passed and failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.ran_tests import compared
from understudy.engine.tests_reports import (
    Results,
    read_cargo,
    read_exit_code,
    read_go,
    read_jest,
    read_junit,
    read_tap,
)
from understudy.workspace.tools import Finished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JUNIT = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="test_a" name="test_good"/>
<testcase classname="test_a" name="test_bad"><failure message="no">no</failure></testcase>
<testcase classname="test_a" name="test_setup"><error message="no">no</error></testcase>
<testcase classname="test_a" name="test_later"><skipped/></testcase>
{more}</testsuite></testsuites>"""
NO_IMPORT = '<testcase classname="" name="test_b"><error message="collection failure"/></testcase>'
GO = b"""{"Action":"start","Package":"m"}
{"Action":"run","Package":"m","Test":"TestA"}
{"Action":"pass","Package":"m","Test":"TestA","Elapsed":0}
{"Action":"fail","Package":"m","Test":"TestB/one","Elapsed":0}
{"Action":"skip","Package":"m","Test":"TestC","Elapsed":0}
{"Action":"fail","Package":"m","Elapsed":0.1}
"""
CARGO = b"""running 3 tests
test tests::good ... ok
test tests::bad - should panic ... FAILED
test tests::later ... ignored
"""
JEST = """{"testResults": [{"status": "failed", "assertionResults": [
 {"fullName": "adds up", "status": "passed"}, {"fullName": "takes away", "status": "failed"},
 {"fullName": "later", "status": "pending"}]}]}"""
TAP = b"""TAP version 13
# Subtest: adds up
ok 1 - adds up
    not ok 1 - inner
not ok 2 - outer
ok 3 - later # SKIP
1..3
"""


def finished(stdout: bytes = b"", code: int = 1) -> Finished:
    return Finished(code, stdout, b"", 0.1)


def names(results: Results) -> tuple[set[str], set[str]]:
    return set(results.passed), set(results.failed)


def test_pytests_report_tells_failures_errors_and_what_could_not_be_imported(
    tmp_path: Path,
) -> None:
    report = tmp_path / "report.xml"
    report.write_text(JUNIT.format(more=""), "utf-8")
    found = read_junit(finished(), report)
    assert names(found) == ({"test_a::test_good"}, {"test_a::test_bad", "test_a::test_setup"})
    assert not found.broken
    report.write_text(JUNIT.format(more=NO_IMPORT), "utf-8")
    assert read_junit(finished(), report).broken


@pytest.mark.parametrize(("code", "broken"), [(0, True), (5, False), (2, True), (4, True)])
def test_without_a_report_pytest_has_no_tests_or_did_not_come_to_them(
    code: int, broken: bool, tmp_path: Path
) -> None:
    assert read_junit(finished(code=code), tmp_path / "nothing").broken is broken


def test_gos_events_name_tests_by_their_package() -> None:
    assert names(read_go(finished(GO), None)) == ({"m.TestA"}, {"m.TestB/one"})
    built = read_go(finished(b'{"Action":"build-fail","ImportPath":"m"}\n'), None)
    assert built.broken
    assert not read_go(finished(b"", 0), None).broken


def test_rusts_lines_are_read() -> None:
    assert names(read_cargo(finished(CARGO), None)) == ({"tests::good"}, {"tests::bad"})
    assert read_cargo(finished(b"error: could not compile\n", 101), None).broken


def test_the_report_of_jest_and_vitest_is_read(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(JEST, "utf-8")
    assert names(read_jest(finished(), report)) == ({"adds up"}, {"takes away"})
    report.write_text('{"testResults": [{"status": "failed", "assertionResults": []}]}', "utf-8")
    assert read_jest(finished(), report).broken


def test_nodes_own_runner_speaks_tap() -> None:
    assert names(read_tap(finished(TAP), None)) == ({"adds up"}, {"inner", "outer"})


def test_a_command_of_ones_own_says_all_or_nothing() -> None:
    assert names(read_exit_code(finished(code=0), None)) == ({"the tests"}, set())
    assert names(read_exit_code(finished(code=3), None)) == (set(), {"the tests"})


@pytest.mark.parametrize("read", [read_junit, read_go, read_cargo, read_jest, read_tap])
@given(output=st.binary(max_size=300), code=st.integers(0, 5))
def test_whatever_a_runner_prints_is_read_without_an_error(
    read: Callable[[Finished, Path | None], Results], output: bytes, code: int
) -> None:
    found = read(finished(output, code), None)
    assert not found.passed & found.failed


def test_what_passed_before_and_fails_now_is_broken() -> None:
    before = Results(frozenset("abc"), frozenset("de"))
    after = Results(frozenset("adc"), frozenset("bef"))
    ran = compared(before, after, "pytest")
    assert (ran.broken, ran.mended, ran.failing) == (("b",), ("d",), ("e", "f"))
    assert ran.new_failing == 1
    assert not ran.is_good
    assert ran.told == "1 test that passed before and would not with it: b"


def test_what_can_not_be_started_any_more_breaks_all_that_passed() -> None:
    before = Results(frozenset("ab"))
    assert compared(before, Results(broken=True), "go").broken == ("a", "b")
    nothing = compared(Results(), Results(broken=True), "go")
    assert nothing.broken == ("all tests (go could not start them)",)


def test_what_could_not_be_started_before_either_says_nothing() -> None:
    ran = compared(Results(broken=True), Results(broken=True), "go")
    assert not ran.broken
    assert not ran.is_good


def test_a_test_that_is_not_run_any_more_is_broken() -> None:
    ran = compared(Results(frozenset("ab")), Results(frozenset("a")), "pytest")
    assert (ran.broken, ran.is_good) == (("b",), False)


def test_tests_that_an_edit_of_tests_takes_away_are_not_broken_and_nothing_is_proved() -> None:
    ran = compared(Results(frozenset("ab")), Results(frozenset("a")), "pytest", tests_changed=True)
    assert (ran.broken, ran.lost, ran.is_good) == ((), ("b",), False)
    assert ran.told == "1 test that passed before would not be run with it: b"


def test_tests_with_one_name_are_told_apart() -> None:
    one = b"test a ... ok\ntest a ... FAILED\n"
    assert names(read_cargo(finished(one), None)) == ({"a"}, {"a (2)"})
    ignored = b"test a ... ignored, slow\ntest a ... ok\n"
    assert names(read_cargo(finished(ignored, 0), None)) == ({"a (2)"}, set())
    tap = b"ok 1 - a\nnot ok 2 - a\nok 3 - a # SKIP\n"
    assert names(read_tap(finished(tap), None)) == ({"a"}, {"a (2)"})


def test_jests_tests_are_numbered_by_file(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    case = '{"name": "%s", "assertionResults": [{"fullName": "a", "status": "%s"}]}'
    both = ", ".join((case % ("/b", "failed"), case % ("/a", "passed")))
    report.write_text(f'{{"testResults": [{both}]}}', "utf-8")
    assert names(read_jest(finished(), report)) == ({"a"}, {"a (2)"})


def test_a_run_that_ends_well_and_reports_nothing_was_ended_by_what_it_ran(tmp_path: Path) -> None:
    assert read_jest(finished(code=0), tmp_path / "nothing").broken
    assert read_junit(finished(code=0), tmp_path / "nothing").broken


def test_new_tests_are_compared_with_nothing() -> None:
    ran = compared(None, Results(frozenset("a"), frozenset("b")), "pytest")
    assert (ran.broken, ran.mended, ran.new_failing) == ((), (), 1)
    assert ran.told == "1 of its own tests would fail: b"
    assert compared(None, Results(frozenset("ab")), "pytest").told == "2 tests passed"


def test_tests_that_fail_before_and_after_do_not_hide_those_that_pass() -> None:
    ran = compared(
        Results(frozenset("a"), frozenset("bc")), Results(frozenset("ab"), frozenset("c")), "x"
    )
    assert ran.is_good
    assert ran.told == "2 tests passed, 1 of which failed before (1 failed before and after)"
