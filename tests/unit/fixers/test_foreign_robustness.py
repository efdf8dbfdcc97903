"""Fixers that read a message propose only what applies, whatever message and text they meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.foreign_fixtures import FIXERS, fixtures, load
from understudy.config.policy import Policy
from understudy.context.names import Names
from understudy.core.text import Span, apply
from understudy.fixers import Problem, all_fixers
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

_MESSAGES = [load(name)["diagnostic"]["message"] for name in fixtures()]
_TEXTS = [load(name)["text"] for name in fixtures()]
_WORDS = (
    " ",
    "\n",
    "\r\n",
    "use ",
    "import ",
    "{",
    "}",
    "(",
    "from 'x'",
    ",",
    "a",
    "π😀",
    ":=",
    "//",
    '"os"',
)
_ANY_TEXT = st.one_of(
    st.text(), st.sampled_from(_TEXTS), st.lists(st.sampled_from(_WORDS)).map("".join)
)
_ANY_MESSAGE = st.one_of(st.text(), st.sampled_from(_MESSAGES))


@pytest.mark.parametrize("name", FIXERS)
@given(text=_ANY_TEXT, message=_ANY_MESSAGE, start=st.integers(0, 300), length=st.integers(0, 40))
def test_every_proposal_applies(
    name: str, text: str, message: str, start: int, length: int
) -> None:
    start = min(start, len(text))
    span = Span(start, min(start + length, len(text)))
    view = View(uri="file:///a", text=text, policy=Policy())
    problem = Problem(view, Diagnostic("test", "", message, span), Names(view))
    fixer = all_fixers()[name]
    fixer.matches(problem.diagnostic)
    for proposal in fixer.propose(problem):
        apply(text, proposal.edits)
        assert proposal.why.endswith(".")
