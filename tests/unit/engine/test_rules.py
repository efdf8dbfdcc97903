"""What the fixers propose, and a fixer that breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.core.text import Edit, Span
from understudy.engine import rules
from understudy.engine.rules import drafts
from understudy.engine.run import problem_of
from understudy.fixers import Fixer, Problem, Proposal
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "print(reslt)\n"
WORD = Span(6, 11)


def fixer(name: str, *words: str, breaks: str = "") -> Fixer:
    """Proposes words, and breaks while it is asked for what is named."""

    def matches(_: Diagnostic) -> bool:
        if breaks == "matches":
            raise RuntimeError(f"{name} broke")
        return True

    def propose(_: Problem) -> Iterator[Proposal]:
        for word in words:
            yield Proposal((Edit(WORD, word),), f"It may be {word}.")
        if breaks == "propose":
            raise RecursionError(f"{name} broke")

    return Fixer(
        id=name,
        languages=None,
        matches=matches,
        propose=propose,
    )


@pytest.mark.parametrize("breaks", ["matches", "propose"])
def test_a_fixer_that_breaks_is_logged_and_hides_no_other(
    breaks: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    some = (fixer("first", "one"), fixer("bad", "two", breaks=breaks), fixer("last", "three"))
    monkeypatch.setattr(rules, "all_fixers", lambda: {one.id: one for one in some})
    view = View("file:///a.py", TEXT, Policy())
    target = Diagnostic("ruff", "F821", "Undefined name `reslt`", WORD)
    found = {draft.author: draft.after for draft in drafts(problem_of(view, target))}
    assert {"first", "last"} <= set(found)
    assert found["last"] == "print(three)\n"
    # What it proposed before it broke is as good as any other proposal.
    assert ("bad" in found) is (breaks == "propose")
    assert [record.getMessage() for record in caplog.records] == ["The fixer bad failed."]
