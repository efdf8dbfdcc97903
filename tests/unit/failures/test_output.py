from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import FailureCategory, Phase
from understudy.failures import codes, output
from understudy.failures.codes import coded_category
from understudy.failures.log import readable_lines
from understudy.failures.output import classify_output, find_hits

LINES = (
    "src/a.ts(4,3): error TS2339: Property 'y' does not exist on type '{}'.",
    "src/a.ts(1,1): error TS2307: Cannot find module 'x'.",
    "E       AssertionError: assert 1 == 2",
    "FAILED tests/test_a.py::test_a - assert 1 == 2",
    "SyntaxError: invalid syntax",
    "a.c:1:2: error: expected ';' before '}' token",
    "a.c:1:2: warning: unused variable 'x' [-Wunused-variable]",
    "thread 'main' panicked at src/main.rs:3:20:",
    "HTTP 429 Too Many Requests",
    "Command timed out after 30 seconds",
    "Killed",
    "hello",
)


@given(st.text(max_size=400), st.text(max_size=12), st.text(max_size=8))
def test_any_text_is_classified(text: str, source: str, code: str) -> None:
    assert classify_output(source, text, code=code).message


@given(st.lists(st.sampled_from(LINES), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(lines: list[str], random: object) -> None:
    rules = list(output._all_rules())
    before = find_hits(lines, rules)
    random.shuffle(rules)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert find_hits(lines, rules)[:1] == before[:1]
    assert [hit.category for hit in find_hits(lines, rules)] == [hit.category for hit in before]


def test_what_else_the_log_shows_is_secondary() -> None:
    failure = classify_output("tsc", "\n".join(LINES[:2]))
    assert failure.category is FailureCategory.IMPORT_ERROR
    assert failure.secondary == (FailureCategory.TYPE_ERROR,)
    assert failure.code == "TS2307"


def test_a_code_outweighs_the_words() -> None:
    failure = classify_output("ts", "rate limit 429 exceeded", code="2345")
    assert failure.category is FailureCategory.TYPE_ERROR
    assert failure.confidence == 1.0


def test_colours_and_carriage_returns_are_taken_away() -> None:
    assert readable_lines("\x1b[31merror\x1b[0m: a\r\nb\rc") == ["error: a", "b", "c"]


def test_an_error_in_the_middle_of_a_long_log_is_found() -> None:
    noise = "all is well here\n" * 200_000
    failure = classify_output("tsc", f"{noise}{LINES[0]}\n{noise}")
    assert (failure.category, failure.code) == (FailureCategory.TYPE_ERROR, "TS2339")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        *("error", "error: ", "a.py:1:1: ", "'", " ", "\x1b[", "\x1b]", "a.b.", "E   ", "FAIL "),
        *("Exception: ", "a/b:1:1: error: expected ", "429 ", "timed out ", "error TS1: ", "\n"),
        *("panic\n", "Error\r", "quota limit "),
    ],
)
def test_a_log_of_five_megabytes_ends_in_time(piece: str) -> None:
    assert classify_output("tool", piece * (5_000_000 // len(piece))).message


@pytest.mark.parametrize("phase", ["test", "run"])
def test_a_service_that_the_projects_own_program_asked_says_nothing_about_our_models(
    phase: Phase,
) -> None:
    failure = classify_output("app", "HTTP 429 Too Many Requests", phase=phase)
    assert failure.category not in (FailureCategory.RATE_LIMIT, FailureCategory.UNKNOWN)
    assert failure.secondary == (FailureCategory.RATE_LIMIT,)
    assert failure.advice == "refine"


@pytest.mark.parametrize("source", ["npm", "tsc", "git clone", "eslint"])
def test_a_developers_tool_that_a_service_turns_away_is_no_reason_for_another_model(
    source: str,
) -> None:
    failure = classify_output(source, "HTTP 503 Service Unavailable")
    assert failure.category is FailureCategory.UNKNOWN
    assert failure.advice == "refine"
    asked = classify_output("agent", "HTTP 503 Service Unavailable")
    assert asked.category is FailureCategory.PROVIDER_UNAVAILABLE


def test_a_lint_never_hides_a_failing_test() -> None:
    text = "a.py:1:8: F401 `os` imported but unused\nFAILED tests/test_a.py::test_a - assert 0"
    failure = classify_output("ci", text)
    assert failure.category is FailureCategory.TEST_FAILURE
    assert failure.secondary == (FailureCategory.LINT_FAILURE,)


@pytest.mark.parametrize(
    ("source", "code", "category"),
    [
        ("Pyright", "reportMissingImports", FailureCategory.IMPORT_ERROR),
        ("ts", "2307", FailureCategory.IMPORT_ERROR),
        ("ts", "2339", FailureCategory.TYPE_ERROR),
        ("rustc", "E0308", FailureCategory.TYPE_ERROR),
        ("ruff", "F821", FailureCategory.TYPE_ERROR),
        ("ruff", "F401", FailureCategory.LINT_FAILURE),
        ("unheard", "TS2307", FailureCategory.IMPORT_ERROR),
        ("unheard", "X1", None),
        ("ts", "999999", None),
    ],
)
def test_codes_mean_what_their_tools_say(
    source: str, code: str, category: FailureCategory | None
) -> None:
    assert coded_category(source, code) is category


def test_a_diagnostic_with_a_tools_code_keeps_its_fingerprint_for_other_names() -> None:
    one = classify_output("ts", "Property 'a' does not exist on type 'B'.", code="2339")
    two = classify_output("ts", "Property 'c' does not exist on type '{ d: e }'.", code="2339")
    other = classify_output("ts", "Property 'a' does not exist on type 'B'.", code="2551")
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != other.fingerprint


def test_what_is_not_known_keeps_a_fingerprint_and_no_secret() -> None:
    key = "ghp_" + "aB3xY9kLm2Qw7Zt5Rp8V" * 2
    failure = classify_output("app", f"odd thing {key}")
    assert failure.category is FailureCategory.UNKNOWN
    assert failure.fingerprint
    assert key not in repr(failure)


POOL = [
    *(f"{prefix}{number}" for prefix in ("", "TS", "E0", "SC") for number in range(0, 20_000, 7)),
    *(f"E{number:04}" for number in range(1000)),
    *(f"{letters}{number:03}" for letters in ("E", "F", "W", "PLR") for number in range(1000)),
    *(f"CS{number:04}" for number in range(9000)),
    *("import-not-found", "syntax", "unused-ignore", "operator", "reportMissingImports"),
    *("reportUnusedImport", "reportFoo", "no-undef", "parse", "import/named", "Lint/Syntax"),
    *("Style/Foo", "-Wunused", "expected_semi", "clippy::x", "unused_imports", "C1083", "C2143"),
]


@pytest.mark.parametrize("name", codes._FAMILIES)
def test_no_code_means_two_things(name: str) -> None:
    patterns = [re.compile(pattern) for pattern in codes._FAMILIES[name].patterns]
    twice = [code for code in POOL if sum(bool(each.fullmatch(code)) for each in patterns) > 1]
    assert twice == []
