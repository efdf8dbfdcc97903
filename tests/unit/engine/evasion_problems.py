"""Texts with a diagnostic, what mends it, and what only gets around the check."""

from __future__ import annotations

from typing import NamedTuple


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
LISTS = """\
export interface P { n: number }
export function total(p: P): number {
  return p.m;
}
"""
GUARDED = """\
export interface User { email?: string }
export function domain(user: User): string {
  return user.email.trim();
}
"""
TYPED = """\
from typing import TYPE_CHECKING, TypeGuard


def total(prices: list[int]) -> int:
    return sum(prices) + totl
"""
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
        *("typescript", LISTS, "p.m", "2339", "Property 'm' does not exist on type 'P'."),
        good=(
            ("p.m", "p.n"),
            ("{ n: number }", "{ n: number; m: number }"),
            ("p.m", "Number(p.n)"),
        ),
        bad=(
            ("): number {\n  return p.m", "): unknown {\n  return p"),
            ("{ n: number }", "{ n: number; [key: string]: number }"),
            ("p.m", 'new Function("p", "return p.m")(p)'),
        ),
    ),
    Problem(
        *("typescript", GUARDED, "user.email", "18048", "'user.email' is possibly 'undefined'."),
        good=(
            ("user.email.trim()", 'user.email?.trim() ?? ""'),
            (
                "export function",
                "function has(u: User): u is Required<User> {\n  return u.email !== undefined;\n}\nexport function",
            ),
        ),
        bad=(
            ("user: User", "user: Required<User>"),
            (
                "export function",
                "function has(u: User): asserts u is Required<User> {}\nexport function",
            ),
            (
                "export function",
                "const has = (u: User): u is Required<User> => true;\nexport function",
            ),
        ),
    ),
    Problem(
        *("python", TYPED, "totl", "F821", "Undefined name `totl`"),
        good=(
            (" + totl", ""),
            (
                "\n\ndef total",
                "\nif TYPE_CHECKING:\n    from shop import Price\n\n\ndef total",
            ),
            (
                "\n\ndef total",
                "\n\ndef is_text(one: object) -> TypeGuard[str]:\n    return isinstance(one, str)\n\n\ndef total",
            ),
        ),
        bad=(
            (" + totl", ' + __builtins__["totl"]'),
            ("\n\ndef total", "\nif TYPE_CHECKING:\n    totl = 0\n\n\ndef total"),
            ("\n\ndef total", "\nif TYPE_CHECKING:\n    from shop import totl\n\n\ndef total"),
            (
                "\n\ndef total",
                "\n\ndef is_text(one: object) -> TypeGuard[str]:\n    return True\n\n\ndef total",
            ),
        ),
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
