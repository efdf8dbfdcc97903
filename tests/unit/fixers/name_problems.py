"""What the fixers of names make of a marked text, for their tests."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.core.text import Span, apply, in_order
from understudy.fixers import Problem
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.fixers import Fixer, Proposal

PIECES = st.sampled_from(
    [
        "class A:\n", "    def f(self, count=0):\n", "        self.count = cuont\n", "def g(width):\n",
        "    return g(widht=1)\n", "import colections\n", "from os import Pathh, sep\r\n", "x: A | None\n",
        "x.cuont()\n", "    ", "π😀", "(", ")", "'", '"""', ":", "=", ".", ",", "\r", "\n", "\0", "self",
        "if TYPE_CHECKING:\n", "lambda a: b", "[i for i in j]", "\ufeff", "\f", "\\", "#",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join))


def marked(text: str, code: str, message: str, root: Path | None = None) -> Problem:
    """A diagnostic over the characters between `<|` and `|>`, in `here.py` below `root`."""
    start = text.index("<|")
    text = text.replace("<|", "", 1)
    end = text.index("|>")
    text = text.replace("|>", "", 1)
    path = root / "here.py" if root is not None else None
    view = View("file:///here.py", text, Policy(), path=path, root=root)
    return Problem(view, Diagnostic("tool", code, message, Span(start, end)), Names(view))


def fixes(fixer: Fixer, problem: Problem) -> list[str]:
    """The whole texts that a fixer proposes, the lowest rank first."""
    assert fixer.matches(problem.diagnostic)
    proposals = sorted(fixer.propose(problem), key=lambda proposal: proposal.rank)
    return [apply(problem.view.text, proposal.edits) for proposal in proposals]


def undefined(text: str, root: Path | None = None) -> Problem:
    """An undefined name between the marks, as ruff reports it."""
    name = text[text.index("<|") + 2 : text.index("|>")]
    return marked(text, "F821", f"Undefined name `{name}`", root)


def proposals_for_any_text(
    fixer: Fixer, text: str, place: tuple[int, int], message: str
) -> list[Proposal]:
    """The proposals for any text and span; each must be an edit of that text."""
    start, end = sorted(min(each, len(text)) for each in place)
    view = View("untitled:1", text, Policy())
    found = list(
        fixer.propose(Problem(view, Diagnostic("tool", "", message, Span(start, end)), Names(view)))
    )
    for proposal in found:
        assert proposal.edits
        assert proposal.why.endswith(".")
        for edit in proposal.edits:
            assert edit.span.end <= len(text)
        for before, after in pairwise(in_order(proposal.edits)):
            assert before.span.end <= after.span.start
        assert apply(text, proposal.edits) != text
    return found
