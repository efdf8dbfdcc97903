"""What a rule itself asks for is no way around it, and what only looks like that is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import DEFAULT
from tests.unit.engine.test_evasions import changed
from understudy.engine.evasions import only_deleted
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge

SUPPRESSED = "import os\n\ntry:\n    os.remove(p)\nexcept FileNotFoundError:\n    pass\n"
FALSE = "def f(x):\n    if x:\n        return 1\n    assert False, 'no'\n"
CHECKED = "def f(x):\n    assert x is not None\n    return x + 1\n"
BOTH = "def f(x):\n    assert x and len(x) == 2\n    return x\n"
COMMENT = "def f(x):\n    # y = x + 2\n    return x + 1\n"
PRINTED = "def f(x):\n    pprint(x)\n    return x + 1\n"
LOGGED = "function f(x) {\n  console.log(x);\n  return x;\n}\n"
TYPED = "def f(x):\n    return g(x)  # type: ignore\n"
SUPPRESS = "Use `contextlib.suppress(FileNotFoundError)` instead of `try`-`except`-`pass`"
RAISE = "Do not `assert False` (`python -O` removes these calls), raise `AssertionError()`"
SPLIT = "Assertion should be broken down into multiple parts"
FAIL = "Assertion always fails, replace with `pytest.fail()`"


def edited(code: str, message: str, before: str, old: str, new: str, language: str) -> Facts:
    assert old in before
    facts = changed(before, before.replace(old, new, 1), language, at=old.strip())
    assert facts.target is not None
    return replace(facts, target=replace(facts.target, code=code, message=message))


RIGHT = [
    (
        *("SIM105", SUPPRESS, SUPPRESSED, SUPPRESSED[11:]),
        "with contextlib.suppress(FileNotFoundError):\n    os.remove(p)\n",
    ),
    ("B011", RAISE, FALSE, "assert False, 'no'", "raise AssertionError('no')"),
    ("PT015", FAIL, FALSE, "assert False, 'no'", "pytest.fail('no')"),
    (
        *("S101", "Use of `assert` detected", CHECKED, "    assert x is not None"),
        "    if x is None:\n        raise ValueError(x)",
    ),
    ("PT018", SPLIT, BOTH, "    assert x and len(x) == 2", "    assert x\n    assert len(x) == 2"),
    (
        "PT018",
        SPLIT,
        BOTH,
        "    assert x and len(x) == 2",
        "    assert len(x) == 2\n    assert x  # a",
    ),
    ("ERA001", "Found commented-out code", COMMENT, "    # y = x + 2\n", ""),
    ("T203", "`pprint` found", PRINTED, "    pprint(x)\n", ""),
    ("PGH003", "Use specific rule codes when ignoring type issues", TYPED, "ignore", "ignore[a]"),
]


@pytest.mark.parametrize(("code", "message", "before", "old", "new"), RIGHT)
def test_what_the_rule_asks_for_is_offered_for_confirmation(
    code: str, message: str, before: str, old: str, new: str
) -> None:
    verdict = judge(edited(code, message, before, old, new, "python"), DEFAULT)
    assert verdict.band is Band.CONFIRM, [one.evidence for one in verdict.reasons]


def test_so_is_a_print_of_a_script_that_a_rule_marks() -> None:
    message = "Unexpected console statement."
    facts = edited("no-console", message, LOGGED, "  console.log(x);\n", "", "javascript")
    assert judge(facts, DEFAULT).band is Band.CONFIRM


WRONG = [
    ("S101", "Use of `assert` detected", CHECKED, "    assert x is not None\n", ""),
    ("B011", RAISE, FALSE, "    assert False, 'no'\n", ""),
    ("B011", RAISE, FALSE, "assert False, 'no'", "return 0"),
    ("PT018", SPLIT, BOTH, "    assert x and len(x) == 2", "    assert len(x) == 2\n    assert y"),
    ("PT018", SPLIT, BOTH, "    assert x and len(x) == 2\n", ""),
    (
        *("SIM105", SUPPRESS, SUPPRESSED, SUPPRESSED[11:]),
        "with contextlib.suppress(OSError):\n    os.remove(p)\n",
    ),
    (
        "PGH003",
        "Use specific rule codes",
        TYPED,
        "g(x)  # type: ignore",
        "h(x)  # type: ignore[a] # noqa",
    ),
]


@pytest.mark.parametrize(("code", "message", "before", "old", "new"), WRONG)
def test_what_only_makes_it_unheard_is_looked_at(
    code: str, message: str, before: str, old: str, new: str
) -> None:
    verdict = judge(edited(code, message, before, old, new, "python"), DEFAULT)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}


def test_what_is_left_of_many_marked_lines_takes_the_place_of_the_others() -> None:
    facts = edited("SIM105", SUPPRESS, *RIGHT[0][2:], "python")
    assert not only_deleted(facts)
    tail = "except FileNotFoundError:\n    pass\n"
    assert only_deleted(edited("X1", "Wrong", SUPPRESSED, tail, "", "python"))


def test_an_assertion_that_fails_elsewhere_takes_no_place() -> None:
    before = f"{CHECKED}\n\ndef g(y):\n    assert y\n    return h(y)\n"
    after = before.replace("    assert y\n", "").replace("h(y)", "raise KeyError")
    facts = changed(before, after, at="x + 1")
    assert judge(facts, DEFAULT).band in {Band.REVIEW, Band.BLOCK}
