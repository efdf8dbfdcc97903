from __future__ import annotations

from tests.unit.fixers.problems import problem, proposals
from understudy.core.text import Edit, Span
from understudy.fixers.suggested import FIXER
from understudy.workspace.diagnostics import Suggestion


def test_a_suggestion_is_passed_on_exactly_as_it_was_made() -> None:
    edits = (Edit(Span(0, 2), "π"), Edit(Span(4, 5), ""))
    safe = Suggestion("Rename.", edits, safe=True)
    unsafe = Suggestion("Remove", edits[1:])
    for language in ("python", "rust", "plaintext"):
        case = problem("<|π😀|> x y", suggestions=(safe, unsafe), language=language)
        found = proposals(FIXER, case)
        assert [(one.edits, one.rank, one.safe) for one in found] == [
            (edits, 0.0, True),
            (edits[1:], 0.5, False),
        ]
        assert found[0].why == "ruff suggests: Rename."
    assert FIXER.languages is None


def test_a_suggestion_that_does_not_fit_the_text_is_left_out() -> None:
    beyond = Suggestion("Beyond", (Edit(Span(3, 9), ""),))
    empty = Suggestion("Nothing", ())
    assert proposals(FIXER, problem("<|abc|>", suggestions=(beyond, empty))) == []


def test_a_diagnostic_without_suggestions_is_not_its_business() -> None:
    assert not FIXER.matches(problem("<|abc|>", "F401").diagnostic)


def test_a_suggestion_beside_a_question_is_not_taken() -> None:
    wrap = Suggestion("Wrap in parentheses", (Edit(Span(0, 1), "("),))
    asks = Suggestion("Did you forget a comma?", wrap.edits)
    names = Suggestion("Did you mean `x`?", wrap.edits)
    assert not FIXER.matches(
        problem("<|abc|>", message="Did you forget a comma?", suggestions=(wrap,)).diagnostic
    )
    found = proposals(FIXER, problem("<|abc|>", suggestions=(asks, names)))
    assert [one.why for one in found] == ["ruff suggests: Did you mean `x`."]
