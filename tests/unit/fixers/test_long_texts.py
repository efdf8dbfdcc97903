"""Long and deep texts: whatever takes longer than its share of them would not end here at all."""

from __future__ import annotations

import threading

import pytest

from tests.unit.fixers.problems import syntax_problem
from understudy.core import stopping
from understudy.core.stopping import StoppedError
from understudy.engine.rules import drafts
from understudy.fixers import Proposal, repairs

ROW = '    {"id": 1, "name": "n", "tags": ["a", "b"], "pos": (1, 2)},\n'


@pytest.mark.parametrize(
    "text",
    [
        "DATA = [\n" + ROW * 9_000,
        "DATA = [\n" + ROW * 1_500 + ROW.replace("},", "}") + ROW * 1_500 + "]\n",
        "x = " + "(" * 5_000 + "1\n",
        "x = " + "[" * 2_500 + "(" * 2_500 + "]" * 5_000 + "\n",
        "x = [" + "1, " * 33_000 + "\n",
        "if " + "a + " * 25_000 + "b\n    pass\n",
        "if " + "a = " * 25_000 + "b:\n    pass\n",
        "if " + "x: " * 30_000 + "\n",
        "try:\n    pass\nexcept " + "E, " * 30_000 + ":\n    pass\n",
        "x = ('" + "a" * 100_000 + "\n",
        "x = ('a" + ")" * 50_000 + "b\n",
        "x = (" + "return " * 15_000 + "a b'\n",
        'x = """a\n' + "a[]" + ":]" * 40_000 + "\n",
    ],
    ids=lambda text: f"{text[:12]!r}…{len(text)}",
)
def test_every_fixer_comes_to_an_end(text: str) -> None:
    assert all(draft.after != text for draft in drafts(syntax_problem(text)))


def test_nobody_repairs_what_nobody_waits_for() -> None:
    stop = threading.Event()
    stop.set()
    token = stopping._stop.set(stop)
    try:
        with pytest.raises(StoppedError):
            list(repairs("x = (\n", [Proposal((), "Nothing.")]))
        with pytest.raises(StoppedError):
            drafts(syntax_problem("x = (\n"))
    finally:
        stopping._stop.reset(token)
