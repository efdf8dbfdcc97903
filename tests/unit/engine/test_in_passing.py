"""A fix that does something else in passing, in the function of its problem."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO, edited, evidence
from understudy.engine.evidence import Band
from understudy.engine.gate import judge
from understudy.engine.in_passing import in_passing

LOAD = '''\
import json
import logging

log = logging.getLogger(__name__)


def load(path: str, user: str) -> dict[str, int]:
    """Read the totals of a user."""
    if not user:
        raise PermissionError("no user")
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    log.info("read %s", path)
    unused = 3
    found = {key: int(value) for key, value in data.items() if key.startswith(user)}
    return found
'''
UNUSED = "Local variable `unused` is assigned to but never used"
COUNT = """\
package shop

import "sync"

type Counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *Counter) Add(name string, by int) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if by < 0 {
		return 0, errNegative
	}
	total := c.n[name] + bye
	c.n[name] = total
	return total, nil
}
"""
BYE = "undefined: bye"
DRAW = """\
pub fn withdraw(accounts: &mut HashMap<u64, Account>, id: u64, cents: i64) -> Result<i64, Fault> {
    let account = accounts.get(&id).ok_or(Fault::Missing(id))?;
    if account.cents < cents {
        return Err(Fault::Poor);
    }
    account.cents -= cents;
    Ok(account.cents)
}
"""
BORROWED = "cannot assign to `account.cents`, which is behind a `&` reference"
PAGE = """\
export async function pay(cart: Cart, store: Store): Promise<number> {
  if (cart.items.length === 0) {
    throw new Error("empty");
  }
  const total = cart.sum();
  await store.put(cart.id, totl);
  cart.paid = true;
  return total;
}
"""
TOTL = "Cannot find name 'totl'. Did you mean 'total'?"
PYTHON = ("python", LOAD, "unused = 3", UNUSED, ("    unused = 3\n", ""))
GO = ("go", COUNT, "bye", BYE, ("+ bye", "+ by"))
RUST = (
    "rust",
    DRAW,
    "account.cents -= cents",
    BORROWED,
    ("accounts.get(&id)", "accounts.get_mut(&id)"),
)
SCRIPT = ("typescript", PAGE, "totl", TOTL, ("totl", "total"))
PASSING = [
    (PYTHON, ('    if not user:\n        raise PermissionError("no user")\n', ""), "`raise PermissionError(\"no user\")`"),
    (PYTHON, ("if not user:", "if user:"), "`"),
    (PYTHON, ('    log.info("read %s", path)\n', ""), "`log.info(\"read %s\", path)`"),
    (PYTHON, ("return found", "return {}"), "returns `{}` instead of `found`"),
    (PYTHON, ("if key.startswith(user)}", "if not key.startswith(user)}"), "`"),
    (GO, ("\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n", ""), "`c.mu.Lock()`"),
    (GO, ("\tdefer c.mu.Unlock()\n", ""), "`defer c.mu.Unlock()`"),
    (GO, ("\tif by < 0 {\n\t\treturn 0, errNegative\n\t}\n", ""), "`errNegative`"),
    (GO, ("by < 0", "by > 0"), "`"),
    (GO, ("return total, nil", "return 0, nil"), "instead of `total, nil`"),
    (SCRIPT, ("  cart.paid = true;\n", ""), "`cart.paid = true`"),
    (SCRIPT, ('  if (cart.items.length === 0) {\n    throw new Error("empty");\n  }\n', ""), "throw new Error"),
    (SCRIPT, ("  return total;", "  return 0;"), "returns `0` instead of `total`"),
]  # fmt: skip
FINE = [
    (PYTHON, ("import json\n", "import json\nimport os\n")),
    (PYTHON, ('log.info("read %s", path)', 'log.info("read: %s", path)')),
    (PYTHON, ("    return found\n", "    # What is found.\n    return found\n")),
    (PYTHON, ('"read %s"', "'read %s'")),
    (GO, ("\tif by < 0 {", "\t// None is taken away.\n\tif by < 0 {")),
    (SCRIPT, ("cart.paid = true", "cart.paid  =  true")),
]


def facts(case: tuple[str, str, str, str, tuple[str, str]], *pairs: tuple[str, str]):  # type: ignore[no-untyped-def]
    language, before, at, message, mended = case
    return edited(before, mended, *pairs, language=language, at=at, message=message)


@pytest.mark.parametrize(("case", "pair", "told"), PASSING)
def test_what_is_done_otherwise_in_passing_is_named(
    case: tuple[str, str, str, str, tuple[str, str]], pair: tuple[str, str], told: str
) -> None:
    assert told in in_passing(facts(case, pair))
    verdict = judge(facts(case, pair), AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "which the problem does not need, so look at it closely" in evidence(verdict)


@pytest.mark.parametrize("case", [PYTHON, GO, RUST, SCRIPT])
def test_the_mended_problem_alone_is_no_more_than_that(
    case: tuple[str, str, str, str, tuple[str, str]],
) -> None:
    assert in_passing(facts(case)) == ""


@pytest.mark.parametrize(("case", "pair"), FINE)
def test_what_does_the_same_is_not_told(
    case: tuple[str, str, str, str, tuple[str, str]], pair: tuple[str, str]
) -> None:
    assert in_passing(facts(case, pair)) == ""


def test_lines_that_go_beside_the_marked_one_are_asked_about_by_themselves() -> None:
    both = '    unused = 3\n    log.info("done")\n'
    before = LOAD.replace("    unused = 3\n", both)
    told = in_passing(edited(before, (both, ""), at="unused = 3", message=UNUSED))
    assert '`log.info("done")`' in told


def test_a_statement_of_several_lines_goes_as_a_whole() -> None:
    whole = "    unused = max(\n        3,\n        log.count(),\n    )\n"
    before = LOAD.replace("    unused = 3\n", whole)
    assert in_passing(edited(before, (whole, ""), at="unused", message=UNUSED)) == ""


def test_names_that_the_needed_change_is_about_may_change_elsewhere() -> None:
    pairs = (("found = {", "totals = {"), ("return found", "return totals"))
    told = in_passing(edited(LOAD, *pairs, at="found = {", message="Name `found` is too vague"))
    assert told == ""


def test_nothing_is_told_where_the_edit_is_nowhere_near_the_problem() -> None:
    pair = ("return found", "return dict(found)")
    assert in_passing(edited(LOAD, pair, at="unused = 3", message=UNUSED)) == ""


def test_a_condition_that_moves_to_the_marked_line_is_not_gone() -> None:
    before = (
        "def f(a: str, b: bool) -> bool:\n    if b:\n        return True\n    return a is 'x'\n"
    )
    pair = ("    if b:\n        return True\n    return a is 'x'\n", "    return b or a == 'x'\n")
    assert in_passing(edited(before, pair, at="a is", message="Use `==` to compare")) == ""
