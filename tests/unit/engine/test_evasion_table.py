"""Repairs beside what only gets around the same check: the one keeps its score, the other not."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from tests.unit.engine.facts_factory import AUTO, TARGET, WRITTEN
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.loosened import loosened


class Problem(NamedTuple):
    """A text with a diagnostic, and what may become of its lines.

    Attributes:
        at: what the diagnostic marks.
        good: replacements of one text by another that mend it.
        bad: those that don't.
    """

    language: str
    before: str
    at: str
    code: str
    message: str
    good: tuple[tuple[str, str], ...]
    bad: tuple[tuple[str, str], ...]


MAIL = """\
from dataclasses import dataclass


@dataclass
class User:
    email: str | None = None


def domain(user: User) -> str:
    return user.email.split("@")[1]
"""
UNTYPED = """\
def wait(client: Client, sizes: dict) -> float:
    limit: float = client.timeout + 1
    return limit
"""
UNUSED = "def total(prices):\n    unused = cost(3)\n    return sum(prices)\n"
UNBOUND = "def one(items):\n    for item in items:\n        found = item\n    return fund\n"
POINT = """\
interface A { a: number; b: string }
export const x: A = { a: 1 };
export function f(u: { e?: string }, given: A): string {
  const left = 3;
  return u.e.trim();
}
"""
MUST_USE = "pub fn f() -> Result<(), String> {\n    g();\n    Ok(())\n}\n"
ITEMS = "pub fn f(&self, name: &str) -> i64 {\n    self.items.get(name)\n}\n"
READ = """\
package a

func Read(path string) string {
	text, _ := os.ReadFile(path)
	return text
}
"""
PROBLEMS = [
    Problem(
        *(
            "python",
            MAIL,
            "split",
            "reportOptionalMemberAccess",
            '"split" is not a known attribute of "None"',
        ),
        good=(
            ("    return user", '    if user.email is None:\n        return ""\n    return user'),
            ('.split("@")[1]', '.split("@")[1] if user.email else ""'),
            ("user.email.split", '(user.email or "@").split'),
        ),
        bad=(
            ("user: User", "user"),
            ("user.email.split", 'user.__dict__["email"].split'),
            ("user.email.split", 'vars(user)["email"].split'),
            ("user.email.split", 'user.__getattribute__("email").split'),
            ("user.email.split", 'attrgetter("email")(user).split'),
            ("email: str | None = None", 'email: str = ""'),
            ("email: str | None = None", "email = None"),
            (
                '    return user.email.split("@")[1]',
                '    try:\n        return user.email.split("@")[1]\n    except AttributeError:\n        return ""',
            ),
        ),
    ),
    Problem(
        *("python", UNTYPED, "timeout", "reportAttributeAccessIssue", "Cannot access attribute"),
        good=(("client.timeout", "client.limit"), ("sizes: dict", "sizes: dict[str, Any]")),
        bad=(
            ("client: Client", "client: dict[str, Any]"),
            ("client: Client", "client: Any"),
            ("def wait", "from typing import Any as T\n\n\ndef wait"),
            ("def wait", "T = Any\n\n\ndef wait"),
            ("limit: float = client.timeout", "limit = client.timeout"),
        ),
    ),
    Problem(
        *(
            "python",
            UNUSED,
            "unused",
            "F841",
            "Local variable `unused` is assigned to but never used",
        ),
        good=(("    unused = cost(3)\n", ""), ("unused = cost(3)", "cost(3)")),
        bad=(("unused =", "_unused ="), ("    return", "    del unused\n    return")),
    ),
    Problem(
        *("python", UNBOUND, "fund", "F821", "Undefined name `fund`"),
        good=(("return fund", "return found"), ("return fund", "return item")),
        bad=(
            (
                "    return fund",
                "    try:\n        return fund\n    except NameError:\n        return found",
            ),
        ),
    ),
    Problem(
        *("typescript", POINT, "x: A", "2741", "Property 'b' is missing in type '{ a: number; }'"),
        good=(("{ a: 1 }", '{ a: 1, b: "" }'), ("x: A = { a: 1 }", "x = make()")),
        bad=(
            ("b: string", "b?: string"),
            ("x: A", "x: Partial<A>"),
            ("x: A", "x"),
            ("given: A", "given"),
        ),
    ),
    Problem(
        *("typescript", POINT, "u.e", "18048", "'u.e' is possibly 'undefined'."),
        good=(("u.e.trim()", 'u.e?.trim() ?? ""'),),
        bad=(("u.e.trim", 'Reflect.get(u, "e").trim'),),
    ),
    Problem(
        *("typescript", POINT, "left", "6133", "'left' is declared but its value is never read."),
        good=(("  const left = 3;\n", ""),),
        bad=(("const left", "const _left"), ("  return", "  void left;\n  return")),
    ),
    Problem(
        *("rust", MUST_USE, "g();", "unused_must_use", "unused `Result` that must be used"),
        good=(("g();", "g()?;"), ("g();", "if let Err(e) = g() {\n        return Err(e);\n    }")),
        bad=(
            ("g();", "drop(g());"),
            ("g();", "if g().is_ok() {}"),
            ("g();", "g().unwrap_or_default();"),
            ("g();", "if let Ok(_) = g() {}"),
            ("g();", "g().unwrap_or_else(|_| std::process::exit(1));"),
        ),
    ),
    Problem(
        *("rust", ITEMS, "self.items", "E0308", "mismatched types"),
        good=(("get(name)", "get(name).copied().unwrap_or(0)"),),
        bad=(
            ("self.items.get(name)", "self.items[name]"),
            ("get(name)", "get(name).copied().unwrap_or_else(|| std::process::exit(1))"),
        ),
    ),
    Problem(
        *("go", READ, "text", "IncompatibleAssign", "cannot use text as string value"),
        good=(("return text", "return string(text)"),),
        bad=(
            (
                "text, _ := os.ReadFile(path)",
                "text, err := os.ReadFile(path)\n\tif err != nil {\n\t\tfmt.Println(err)\n\t}",
            ),
            (
                "text, _ := os.ReadFile(path)",
                "text, err := os.ReadFile(path)\n\tif err != nil {\n\t\tos.Exit(1)\n\t}",
            ),
        ),
    ),
]


def facts(problem: Problem, old: str, new: str) -> Facts:
    """An edit of which the checkers say nothing but good."""
    assert problem.before.count(old) >= 1
    after = problem.before.replace(old, new, 1)
    start = problem.before.index(problem.at)
    span = Span(start, start + len(problem.at))
    target = replace(TARGET, span=span, code=problem.code, message=problem.message)
    view = replace(WRITTEN.before, text=problem.before, language=problem.language)
    edits = minimise(problem.before, after)
    scope = (Span(0, len(problem.before)),)
    return replace(WRITTEN, before=view, after=after, edits=edits, target=target, scope=scope)


GOOD = [(one, *pair) for one in PROBLEMS for pair in one.good]
BAD = [(one, *pair) for one in PROBLEMS for pair in one.bad]


@pytest.mark.parametrize(("problem", "old", "new"), GOOD, ids=lambda one: str(one)[:40])
def test_a_repair_is_offered_for_confirmation(problem: Problem, old: str, new: str) -> None:
    verdict = judge(facts(problem, old, new), AUTO)
    assert verdict.band is Band.CONFIRM, [one.evidence for one in verdict.reasons]


@pytest.mark.parametrize(("problem", "old", "new"), BAD, ids=lambda one: str(one)[:40])
def test_what_gets_around_the_check_is_below_every_repair(
    problem: Problem, old: str, new: str
) -> None:
    verdict = judge(facts(problem, old, new), AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    worst = min(judge(facts(problem, *pair), AUTO).score for pair in problem.good)
    assert verdict.score < worst


def test_where_nothing_was_found_a_variable_may_lose_its_type_and_a_parameter_not() -> None:
    (problem,) = (one for one in PROBLEMS if one.before == UNTYPED)
    variable = replace(facts(problem, "limit: float =", "limit ="), target=None)
    parameter = replace(facts(problem, "client: Client", "client"), target=None)
    assert loosened(variable) == ""
    assert loosened(parameter) == "client"


def test_what_ends_the_program_or_prints_a_failure_is_usual_in_its_place() -> None:
    main = READ.replace("func Read(path string) string", "func main()")
    fatal = "text, err := os.ReadFile(path)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}"
    (problem,) = (one for one in PROBLEMS if one.language == "go")
    problem = problem._replace(before=main)
    assert judge(facts(problem, "text, _ := os.ReadFile(path)", fatal), AUTO).band is Band.CONFIRM
    closing = "defer func() {\n\t\tif err := f.Close(); err != nil {\n\t\t\tlog.Println(err)\n\t\t}\n\t}()\n\treturn text"
    assert judge(facts(problem, "return text", closing), AUTO).band is Band.CONFIRM
