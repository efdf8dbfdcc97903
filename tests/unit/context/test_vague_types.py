"""Types that say nothing, in the forms that people and models give them."""

from __future__ import annotations

import pytest

from understudy.context.vague_types import newly_vague
from understudy.languages import grammar_of

PYTHON = "def f(a):\n    return a.b\n"
SCRIPT = "function f(x) { return x.a; }\n"
VAGUE_PYTHON = [
    'def f(a: "Any") -> int: ...\n',
    'def f(a: list["Any"]) -> int: ...\n',
    "from typing import Any as A\ndef f(a: A) -> int: ...\n",
    "from typing import Any as A\ndef f(a: dict[str, A]) -> int: ...\n",
    "def f(a: t.Any) -> int: ...\n",
    "Json = Any\ndef f(a: Json) -> int: ...\n",
    "Json: TypeAlias = Any\ndef f(a: Json) -> int: ...\n",
    "type Json = Any\ndef f(a: Json) -> int: ...\n",
    "def f(a: Union[int, Any]) -> int: ...\n",
    "def f(a: Optional[Any]) -> int: ...\n",
    "def f(a: int | Any) -> int: ...\n",
    "def f(a: dict[str, Any]) -> int: ...\n",
    "def f(a: dict[str, list[Any]]) -> int: ...\n",
    "def f(a: list[Any]) -> int: ...\n",
    "def f(a: tuple[Any, ...]) -> int: ...\n",
    "def f(a: Annotated[Any, 'x']) -> int: ...\n",
    "def f(a: Callable[..., Any]) -> int: ...\n",
    "def f(a: Callable) -> int: ...\n",
    "def f(a: object) -> int:\n    return a.b\n",
    "def f(a: object) -> int:\n    return g(a)\n",
    "def f(a) -> Any:\n    return a.b\n",
    "def f(a):\n    b: Any = g(a)\n",
    "class A:\n    def __init__(self):\n        self.x: list[Any] = []\n",
]
EXACT_PYTHON = [
    "def f(a: Callable[[int], str]) -> int: ...\n",
    "def f(a: Callable[..., str]) -> int: ...\n",
    "def f(a: Thing) -> int: ...\n",
    'def f(a: "Thing") -> int: ...\n',
    "def f(a: Anything) -> int: ...\n",
    'def f(a: Literal["Any"]) -> int: ...\n',
    'def f(a: Annotated[int, "Any number"]) -> int: ...\n',
    "def f(a: dict[str, int]) -> list[str]: ...\n",
    "def f(a: Coroutine[Any, Any, int]) -> int: ...\n",
    "def f(a: object) -> str:\n    return str(a)\n",
    "def f(a: object) -> bool:\n    return a is None\n",
    "def f(a: object) -> None:\n    print(a)\n",
    "def f(a: object) -> int:\n    if isinstance(a, int):\n        return a\n    return 0\n",
    "class A:\n    def __setattr__(self, n: str, v: object) -> None: ...\n",
    "class A:\n    def __setattr__(self, n: str, v: Any) -> None: ...\n",
    "class A:\n    def __getattr__(self, n: str) -> Any: ...\n",
    "class A:\n    def __eq__(self, other: object) -> bool:\n        return self.n == other.n\n",
    "class A:\n    def __contains__(self, n: object) -> bool: ...\n",
    "class A:\n    def __exit__(self, *e: object) -> None: ...\n",
    "def f(a: int, **kw: Any) -> int:\n    return g(a, **kw)\n",
    "def f(a: int, *args: Any) -> int:\n    return g(a, *args)\n",
    "def f(s: str) -> str:\n    v: Any = json.loads(s)\n    return v['a']\n",
    "def f(s: str) -> Any:\n    return json.loads(s)\n",
    "def f(s: str) -> dict[str, Any]:\n    return json.loads(s)\n",
]
VAGUE_SCRIPT = [
    "function f(x: Function): void {}\n",
    "function f(x: (...args: any[]) => any): void {}\n",
    "function f(x: (a: any) => void): void {}\n",
    "function f(x: Record<string, any>): number {}\n",
    "function f(x: { [key: string]: any }): number {}\n",
    "function f(x: { a: any }): number {}\n",
    "function f(x: Array<any>): number {}\n",
    "function f(x: Map<string, any>): number {}\n",
    "function f(x: number): Promise<any> {}\n",
    "function f<T = any>(x: T): T {}\n",
    "function f<T extends any>(x: T): T {}\n",
    "function f(x: object): number {}\n",
    "function f(x: {}): number {}\n",
    "function f(x: Object): number {}\n",
    "type J = any;\nfunction f(x: J): number {}\n",
    "function f(x: number | any): number {}\n",
    "const v: any = f(s);\n",
    "const v: any = JSON.parse(s);\n",
    "try { g(); } catch (e: any) { h(e); }\n",
    "class A { x: any = null; }\n",
    "interface A { x: any; }\n",
]
EXACT_SCRIPT = [
    "function f(x: (a: number) => void): void {}\n",
    "function f(x: { a: number }): number {}\n",
    "function f(x: { any: number }): number {}\n",
    "function f(x: Map<string, number>): number {}\n",
    "function f<T>(x: T): T {}\n",
    "function f<T extends unknown[]>(x: T): T {}\n",
    "type J = { a: number };\nfunction f(x: J): number {}\n",
    "function f(s: string): unknown { const v: unknown = JSON.parse(s); return v; }\n",
    "const v: unknown = JSON.parse(s);\n",
    "try { g(); } catch (e: unknown) { h(e); }\n",
    "p.catch((e: unknown) => log(e));\n",
    "function f(x: unknown): string { return typeof x === 'string' ? x : ''; }\n",
]


def vague(before: str, after: str, language: str) -> str:
    return newly_vague(before, after, language, grammar_of(language))


@pytest.mark.parametrize("after", VAGUE_PYTHON)
def test_what_says_nothing_is_named_in_python(after: str) -> None:
    assert vague(PYTHON, after, "python")
    assert vague(after, after, "python") == ""


@pytest.mark.parametrize("after", EXACT_PYTHON)
def test_what_can_say_no_more_is_taken_in_python(after: str) -> None:
    assert vague(PYTHON, after, "python") == ""


@pytest.mark.parametrize("after", VAGUE_SCRIPT)
def test_what_says_nothing_is_named_in_typescript(after: str) -> None:
    assert vague(SCRIPT, after, "typescript")
    assert vague(after, after, "typescript") == ""


@pytest.mark.parametrize("after", EXACT_SCRIPT)
def test_what_can_say_no_more_is_taken_in_typescript(after: str) -> None:
    assert vague(SCRIPT, after, "typescript") == ""


def test_an_alias_that_was_there_is_used() -> None:
    alias = "Json = Any\n"
    assert vague(alias + PYTHON, alias + PYTHON.replace("(a)", "(a: Json)"), "python") == ""
