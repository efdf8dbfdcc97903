"""A fix of one problem that changes another definition too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import AUTO, edited, evidence
from understudy.core.text import Span
from understudy.engine.evidence import Band
from understudy.engine.gate import judge
from understudy.engine.strays import strays

SHOP = """\
import math


class User:
    email: str | None = None
    age: int = 0


def domain(user: User) -> str:
    return user.email.split("@")[1]


def check(user: User, now: int) -> bool:
    if now < 10:
        return False
    return domain(user) == "example.org"


def rest() -> str:
    return domain(User())
"""
MESSAGE = '"split" is not a known attribute of "None"'
MENDED = ('user.email.split("@")[1]', 'user.email.split("@")[1] if user.email else ""')
GO = """\
package shop

type Cart struct {
	Items []string
}

func (c *Cart) Count() int {
	return len(c.Itms)
}

func (c *Cart) Pay(cents int) bool {
	if cents < 0 {
		return false
	}
	return true
}
"""
SCRIPT = """\
export function total(items: number[]): number {
  return something(items);
}

export function check(now: number): boolean {
  if (now < 10) {
    return false;
  }
  return true;
}
"""


STRAY = [
    (("    if now < 10:\n        return False\n", ""),),
    (("now < 10", "now > 10"),),
    (('== "example.org"', '!= ""'),),
    (("age: int = 0", "age: int = 18"),),
    (("import math\n", "import math\nimport os\n"), ("now < 10", "now > 10")),
    (('else ""', "else rest()"), ("return domain(User())", 'return ""')),
]
NEEDED = [
    (),
    (("import math\n", "import math\n\n_NONE = ''\n"),),
    (("email: str | None = None", 'email: str = ""'),),
    (
        ("domain(user: User) -> str:", "domain(user: User, other: str) -> str:"),
        ("domain(User())", "domain(User(), str())"),
    ),
    (("import math\n", "import math\n\n\ndef new() -> None:\n    pass\n"),),
    (("    if now < 10:", "    # At night.\n    if now < 10:"),),
]


@pytest.mark.parametrize("pairs", STRAY)
def test_a_change_of_a_definition_that_the_problem_does_not_need_is_looked_at(
    pairs: tuple[tuple[str, str], ...],
) -> None:
    verdict = judge(edited(SHOP, MENDED, *pairs), AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "too, which the problem does not need, so look at it closely" in evidence(verdict)


@pytest.mark.parametrize("pairs", NEEDED)
def test_what_the_problem_needs_may_change_elsewhere(pairs: tuple[tuple[str, str], ...]) -> None:
    assert strays(edited(SHOP, MENDED, *pairs)) == ""


def test_a_definition_is_named_in_other_languages_too() -> None:
    go = edited(
        *(GO, ("c.Itms", "c.Items"), ("cents < 0", "cents > 0")),
        language="go",
        at="Itms",
        message="c.Itms undefined (type *Cart has no field or method Itms)",
    )
    assert "`Pay`" in strays(go)
    script = edited(
        *(SCRIPT, ("something(items)", "items.length"), ("now < 10", "now > 10")),
        language="typescript",
        at="something",
        message="Cannot find name 'something'.",
    )
    assert "`check`" in strays(script)


def test_a_name_that_changes_may_change_wherever_it_stands() -> None:
    pairs = (("	Items []string", "	Itms []string"),)
    assert (
        strays(
            edited(
                GO,
                *pairs,
                ("return len(c.Itms)", "return len(c.Itms) + 0"),
                language="go",
                at="Itms",
                message="c.Itms undefined",
            )
        )
        == ""
    )


def test_where_another_problem_went_away_and_where_there_are_several_nothing_is_told() -> None:
    facts = edited(SHOP, MENDED, ("now < 10", "now > 10"))
    assert facts.target is not None
    there = SHOP.index("now < 10")
    other = replace(facts.target, span=Span(there, there + 3), code="X2", message="other")
    both = replace(facts.comparison, fixed=(facts.target, other))
    assert strays(replace(facts, comparison=both)) == ""
    assert strays(replace(facts, besides=(facts.target, other))) == ""
    assert strays(replace(facts, besides=(replace(facts.target, span=Span(0, len(SHOP))),)))


def test_an_edit_that_lies_elsewhere_altogether_is_not_told_apart() -> None:
    assert strays(edited(SHOP, ("now < 10", "now > 10"), ('"example.org"', '""'))) == ""
