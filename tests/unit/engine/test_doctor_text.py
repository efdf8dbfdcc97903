from __future__ import annotations

from understudy.engine.doctor_text import conclusion, finding_lines, in_short
from understudy.engine.finding import Finding, State

FINE = Finding("checkers", "python_syntax", State.OK, "3.13")
NOTE = Finding("editors", "nvim", State.NOTE, "not found")
PROBLEM = Finding("journal", "journal", State.PROBLEM, "can't be read", "Move it away.")
BROKEN = Finding("checkers", "ruff", State.BROKEN, "not found.", "Install Ruff.")


def test_findings_stand_below_their_topic_with_what_to_do_below_each() -> None:
    assert list(finding_lines([FINE, BROKEN, PROBLEM])) == [
        "Checkers",
        "  ok      python_syntax  3.13",
        "  broken  ruff           not found.",
        "                         Install Ruff.",
        "Journal",
        "  problem  journal  can't be read",
        "                    Move it away.",
    ]


def test_what_is_worst_decides_how_it_stands() -> None:
    assert conclusion([FINE, NOTE])[0] is State.OK
    assert conclusion([FINE, PROBLEM, NOTE])[0] is State.PROBLEM
    assert conclusion([PROBLEM, BROKEN])[0] is State.BROKEN
    setting = Finding("configuration", "config.toml", State.PROBLEM, "does not count")
    assert "works; see" in conclusion([FINE, PROBLEM])[1]
    assert "not as it is configured" in conclusion([PROBLEM, setting])[1]


def test_in_short_the_first_that_matters_is_named_with_what_to_do() -> None:
    assert in_short([FINE, NOTE]) == "Everything that is needed is there."
    assert in_short([PROBLEM, BROKEN]) == "ruff: not found. Install Ruff."
    told = in_short([PROBLEM, FINE, PROBLEM])
    assert told == "journal: can't be read. Move it away. (1 more: see `understudy doctor`.)"
