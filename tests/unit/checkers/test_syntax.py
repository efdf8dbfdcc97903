from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.checkers.syntax_samples import SAMPLES, Mistake
from understudy.checkers import ToolMissingError
from understudy.checkers.syntax import CHECKER
from understudy.config.policy import Policy
from understudy.config.settings import CheckerSettings
from understudy.core.failures import UnavailableError
from understudy.workspace.diagnostics import Diagnostic, Severity, is_syntax_error
from understudy.workspace.view import View

OFTEN_UNREADABLE = {"c", "cpp", "css", "shellscript"}
MISTAKES = [
    pytest.param(language, mistake, id=f"{language}: {mistake.wrong.strip()}")
    for language, sample in SAMPLES.items()
    for mistake in sample.mistakes
]


def view(text: str, language: str) -> View:
    return View("untitled:a", text, Policy(), language=language)


def found(text: str, language: str) -> tuple[Diagnostic, ...]:
    return asyncio.run(looked(text, language))


async def looked(text: str, language: str) -> tuple[Diagnostic, ...]:
    return await CHECKER.run(view(text, language), CheckerSettings())


def test_every_language_with_a_grammar_is_checked_but_python() -> None:
    assert CHECKER.languages == set(SAMPLES)


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_a_right_text_has_no_finding(language: str) -> None:
    assert found(SAMPLES[language].text, language) == ()


@pytest.mark.parametrize(("language", "mistake"), MISTAKES)
def test_a_mistake_is_found_once_and_where_it_is(language: str, mistake: Mistake) -> None:
    right = SAMPLES[language].text
    assert right.count(mistake.right) == 1
    text = right.replace(mistake.right, mistake.wrong)
    (error,) = found(text, language)
    assert view(text, language).index.line_of(error.span.start) == mistake.line
    expected = Severity.WARNING if language in OFTEN_UNREADABLE else Severity.ERROR
    assert (error.source, error.severity) == ("tree-sitter", expected)
    assert is_syntax_error(error)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wide_characters_and_other_line_ends_move_nothing(end: str) -> None:
    text = '\ufeffpackage a\n\nfunc f() {\n\tx := "π😀" + (1 + 2\n}\n'.replace("\n", end)
    (error,) = found(text, "go")
    assert (error.code, error.message) == ("missing-token", "A `)` is missing here.")
    assert error.span.of(text) == "2"


def test_what_is_missing_is_said_in_plain_words() -> None:
    says = {
        "package a\n\nfunc f() {\n\tx :=\n}\n": "A name is missing here.",
        "package a\n\nfunc f() {\n\tx = = 1\n}\n": "This can't be read: `=`",
        "package a\n\nfunc f() {\n}}\n": "This `}` closes nothing that is open here.",
    }
    assert {text: found(text, "go")[0].message for text in says} == says


def test_one_mistake_that_confuses_the_parser_is_told_a_few_times_at_most() -> None:
    text = "package a\n" + "func f( {\n\tx = = (1\n\n\n}\n" * 40
    assert 1 <= len(found(text, "go")) <= 6


@pytest.mark.parametrize(
    "text",
    ["(" * 400, "a<" * 400, "package a\n" * 60_000],
    ids=["brackets", "type arguments", "length"],
)
def test_a_text_that_would_take_too_long_is_unknown_and_not_passed(text: str) -> None:
    with pytest.raises(UnavailableError):
        found(text, "java")


async def test_the_grammar_is_named_with_its_version() -> None:
    assert await CHECKER.locate(view("", "rust"), CheckerSettings()) != ""
    with pytest.raises(ToolMissingError):
        await CHECKER.locate(view("", "klingon"), CheckerSettings())


PIECES = st.sampled_from(
    [
        *("π😀", "\0", "\ud83d", "\r", "\r\n", "\n", "\t", "\ufeff", "\u2028", "\\"),
        *("{", "}", "(", ")", "<", ">", "'", '"', "`", "${", ";", ",", "=>", "=", ":", "-", "@"),
        *("/*", "*/", "//", "#", "--[[", "]]", "<<A\n", "A\n", "<?php ", "?>", "<p>", "</p"),
        *("if ", "end\n", "func f", "class A", "1", "a ", "r#"),
    ]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(SAMPLES)), st.lists(PIECES | st.text(max_size=6), max_size=60))
def test_any_text_has_findings_inside_it_and_raises_nothing(
    language: str, pieces: list[str]
) -> None:
    text = "".join(pieces)
    for error in found(text, language):
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert error.message
        assert error.message.isprintable() or "`" in error.message


@settings(max_examples=150)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_right_text_with_a_piece_cut_out_raises_nothing(
    language: str, data: st.DataObject
) -> None:
    text = SAMPLES[language].text
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    cut = text[:first] + text[last:]
    assert all(error.span.end <= len(cut) for error in found(cut, language))
