from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.unit.failures.cases import NEVER_SWITCHES, Case, cases, classified, mistakes
from understudy.core.failures import FailureCategory
from understudy.failures import wording
from understudy.failures.build import Finding, build

CASES = cases()
PROVIDERS = frozenset(
    {"openai", "anthropic", "gemini", "ollama", "local", "openrouter", "echoes", "finish"}
    | {"bystanders", "refusals", "reported", "gateways"}
)
_FORESEES = re.compile(r"\bis (?:asked|tried|sent|told|shown|gathered)\b")


def test_the_corpus_is_large_and_covers_the_languages_and_providers() -> None:
    assert len(CASES) >= 250
    groups = Counter(case.group for case in CASES)
    assert {"python", "typescript", "rust", "go", "java", "c", "ruby", "shell"} <= set(groups)
    providers = {case.line["provider"] for case in CASES if "provider" in case.line}
    assert providers >= {
        *("openai", "azure", "github", "anthropic", "gemini", "mistral", "deepseek", "groq"),
        *("xai", "openrouter", "ollama", "llamacpp", "lmstudio", "vllm"),
    }


def test_at_least_95_of_100_are_right() -> None:
    wrong = {str(case): found for case in CASES if (found := mistakes(case))}
    assert len(wrong) <= 0.05 * len(CASES), wrong


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.group in PROVIDERS | {"pitfalls"}], ids=str
)
def test_everything_documented_of_providers_and_every_pitfall_is_right(case: Case) -> None:
    assert mistakes(case) == []


def test_no_failure_leads_to_another_model_when_it_should_not() -> None:
    escalated = [
        str(case)
        for case in CASES
        if case.line["want"] in NEVER_SWITCHES and case.line.get("advice") != "switch_model"
        if (failure := classified(case.line)) is not None and failure.advice == "switch_model"
    ]
    assert escalated == []


def test_the_same_input_gives_the_same_record() -> None:
    for case in CASES[::7]:
        first, second = classified(case.line), classified(case.line)
        if first is not None and second is not None and first.after_s is None:
            assert first == second


def test_every_record_has_one_line_for_people_and_short_evidence() -> None:
    for case in CASES:
        failure = classified(case.line)
        if failure is None:
            continue
        assert failure.message.endswith(".")
        assert "\n" not in failure.message
        assert "{" not in failure.message
        assert not _FORESEES.search(failure.message), "only a run knows what it does next"
        assert len(failure.evidence.text) <= 500
        assert len(failure.fingerprint) == 16
        assert 0 < failure.confidence <= 1
        assert failure.category not in failure.secondary


@pytest.mark.parametrize("category", FailureCategory)
def test_no_sentence_promises_what_a_run_may_not_be_able_to_do(category: FailureCategory) -> None:
    codes = {code for known, code in wording._FINER if known is category}
    for code in ("", *sorted(codes)):
        finding = Finding(category, code=code, advice="wait", after_s=77.0)
        assert not _FORESEES.search(build(finding, "acme", "", "request").message)
