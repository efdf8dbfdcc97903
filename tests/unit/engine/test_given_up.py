"""What a class, a function or a value said of itself, and no longer says, so that code fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import DEFAULT
from tests.unit.engine.test_evasions import changed
from understudy.engine.evasions import hatch
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge

MAP = "const users = new Map<number, User>();\nconst user = users.get(id);\nshow(user.name);\n"
BARE = "export function f(x) {\n  return x.length;\n}\n"
STORE = (
    "interface Store {\n  put(x: number): void;\n  close(): void;\n}\n\n"
    "class Disk implements Store {\n  put(x: number): void {}\n}\n"
)
SEND = "export function send(to: string, body: string): string {\n  return to;\n}\n\nsend('a');\n"
SHAPE = "class Shape(Base):\n    def area(self): ...\n\n\nmake(Shape())\n"
PYTHON = "def send(\n    to: str,\n    body: str,\n) -> str:\n    return to\n\n\nsend('a')\n"
RUST = "pub fn send(to: &str, body: &str) -> u8 {\n    0\n}\n\nfn f() {\n    send(1);\n}\n"
GO = "package a\n\nfunc Send(to, body string) {\n}\n\nfunc f() {\n\tSend(1)\n}\n"
JAVA = "class A {\n  List<User> a = f(new ArrayList<User>());\n}\n"
DISK = "Class 'Disk' incorrectly implements interface 'Store'. Property 'close' is missing in type 'Disk'"
UNDEFINED = "'user' is possibly 'undefined'."
UNTYPED = "Parameter 'x' implicitly has an 'any' type."
FEWER = "Expected 2 arguments, but got 1."
NEVER = "export function assertNever(value: any): never {\n  throw new Error(value);\n}\n"
NEVER_PYTHON = "def assert_never(value: Any) -> NoReturn:\n    raise KeyError(value)\n"
BUILD = "export function f(): Map<string, string> {\n  return new Map<string, number>();\n}\n"
FIELD = "class A {\n  items: Map<string, string>;\n  constructor() {\n    this.items = new Map<string, number>();\n  }\n}\n"
LATER = "export function f(): Map<string, string> {\n  const a = new Map<string, number>();\n  return a;\n}\n"
OTHER_MAP = "Type 'Map<string, number>' is not assignable to type 'Map<string, string>'."
BARE_MAP = ("new Map<string, number>()", "new Map()")
ANY = "Unexpected any. Specify a different type."
LACKS = 'Argument missing for parameter "owner"'
SHOPS = (
    "class Shop:\n    def __init__(self, name, owner):\n        self.name = name\n\n    def run(self, a, b):\n"
    "        return a\n\n\nclass Till:\n    def __init__(self):\n        self.all = []\n\n    def run(self, a):\n"
    '        return a\n\n\ndef make():\n    return Shop("corner")\n'
)
SHOPS_TS = (
    "class Shop {\n  constructor(name: string, owner: string) {}\n  run(a: number, b: number) {}\n}\n\n"
    "class Till {\n  constructor() {}\n  run(a: number) {}\n}\n\nexport const shop = new Shop('corner');\n"
)
SHOPS_RUST = (
    "impl Shop {\n    pub fn new(a: u8, b: u8) -> Shop {\n        Shop\n    }\n}\n\n"
    "impl Till {\n    pub fn new() -> Till {\n        Till\n    }\n}\n\nfn f() {\n    Shop::new(1);\n}\n"
)
SHOPS_GO = (
    "package a\n\nfunc (s *Shop) Put(a, b int) {\n}\n\nfunc (t *Till) Put(a int) {\n}\n\n"
    "func f(s *Shop) {\n\ts.Put(1)\n}\n"
)
SHOPS_JAVA = (
    "class Shop {\n  void put(int a, int b) {\n  }\n\n  void put(String a) {\n  }\n\n  void f() {\n"
    "    put(1);\n  }\n}\n"
)
GO_LACKS = "not enough arguments in call to s.Put"
RUST_LACKS = "this function takes 2 arguments but 1 argument was supplied"
JAVA_LACKS = "method put cannot be applied to given types; missing argument"


def edited(language: str, message: str, before: str, at: str, pair: tuple[str, str]) -> Facts:
    old, new = pair
    assert old in before
    facts = changed(before, before.replace(old, new, 1), language, at=at)
    assert facts.target is not None
    return replace(facts, target=replace(facts.target, code="X1", message=message))


GIVEN_UP = [
    ("typescript", UNDEFINED, MAP, "user.name", ("new Map<number, User>()", "new Map()")),
    (
        *("typescript", UNDEFINED, MAP, "user.name"),
        (
            "const user = users.get(id)",
            "const [user] = Array.prototype.slice.call([users.get(id)])",
        ),
    ),
    ("typescript", UNDEFINED, MAP, "user.name", ("users.get(id)", "[].concat.apply([], users)[0]")),
    ("typescript", OTHER_MAP, LATER, "return a", BARE_MAP),
    ("typescript", OTHER_MAP, LATER, "const a", BARE_MAP),
    ("typescript", UNDEFINED, BUILD, "return new", BARE_MAP),
    ("typescript", ANY, NEVER.replace("assertNever", "fail"), "any", ("any", "never")),
    ("typescript", ANY, NEVER.replace("): never", "): void"), "any", ("any", "never")),
    ("typescript", UNTYPED, BARE, "x", ("f(x)", "f(...x: never[])")),
    ("typescript", UNTYPED, BARE, "x", ("f(x)", "f(x: never)")),
    ("python", "Type of `body` is unknown", PYTHON, "send('a')", ("body: str", "body: Never")),
    ("typescript", DISK, STORE, "Disk", (" implements Store", "")),
    ("typescript", DISK, STORE, "Disk", ("close()", "close?()")),
    ("typescriptreact", DISK, STORE, "Disk", ("close()", "close?()")),
    ("python", 'Cannot instantiate abstract class "Shape"', SHAPE, "Shape()", ("(Base)", "")),
    (
        *("java", "Disk is not abstract and does not override abstract method close()"),
        *("class Disk extends A implements Store {\n}\n", "Disk", (" implements Store", "")),
    ),
    ("java", "incompatible types", JAVA, "f(", ("new ArrayList<User>()", "new ArrayList()")),
    ("typescript", FEWER, SEND, "send('a')", (", body: string", "")),
    (
        "python",
        'Argument missing for parameter "body"',
        PYTHON,
        "send('a')",
        ("    body: str,\n", ""),
    ),
    (
        *("rust", "this function takes 2 arguments but 1 argument was supplied", RUST, "send(1)"),
        (", body: &str", ""),
    ),
    ("python", LACKS, SHOPS, "Shop(", ("name, owner", "name")),
    ("python", LACKS, SHOPS, "Shop(", ("a, b", "a")),
    (
        "python",
        LACKS,
        SHOPS,
        "Shop(",
        ("Shop:\n    def __init__(self, name, owner", "Store:\n    def __init__(self, name"),
    ),
    ("typescript", FEWER, SHOPS_TS, "new Shop", (", owner: string", "")),
    ("typescript", FEWER, SHOPS_TS, "new Shop", (", b: number", "")),
    ("rust", RUST_LACKS, SHOPS_RUST, "Shop::new(1", ("a: u8, b: u8", "a: u8")),
    ("go", GO_LACKS, SHOPS_GO, "s.Put(1", ("a, b int", "a int")),
    ("java", JAVA_LACKS, SHOPS_JAVA, "put(1", ("int a, int b", "int a")),
    (
        *("go", "not enough arguments in call to Send", GO, "Send(1)"),
        ("to, body string", "to string"),
    ),
]


@pytest.mark.parametrize(("language", "message", "before", "at", "pair"), GIVEN_UP)
def test_what_is_given_up_to_suit_the_marked_code_is_told(
    language: str, message: str, before: str, at: str, pair: tuple[str, str]
) -> None:
    facts = edited(language, message, before, at, pair)
    assert hatch(facts)
    assert judge(facts, DEFAULT).band in {Band.REVIEW, Band.BLOCK}


KEPT = [
    ("typescript", UNDEFINED, MAP, "user.name", ("user.name", 'user?.name ?? ""')),
    (
        *("typescript", UNDEFINED, MAP, "user.name"),
        ("users = new Map<number, User>()", "users: Map<number, User> = new Map()"),
    ),
    ("typescript", OTHER_MAP, BUILD, "return new", BARE_MAP),
    ("typescript", OTHER_MAP, FIELD, "this.items", BARE_MAP),
    ("typescript", ANY, NEVER, "any", ("any", "never")),
    ("python", "Any is not allowed", NEVER_PYTHON, "Any", ("Any", "Never")),
    ("typescript", UNTYPED, BARE, "x", ("f(x)", "f(x: string)")),
    ("typescript", UNTYPED, BARE, "x", ("f(x)", "f(x: (y: string) => never)")),
    ("typescript", UNTYPED, BARE, "x", ("f(x)", "f(...x: string[])")),
    ("typescript", UNTYPED, BARE, "x.length", ("x.length", "const y: never = x")),
    ("typescript", DISK, STORE, "Disk", ("void {}\n}", "void {}\n  close(): void {}\n}")),
    ("typescript", DISK, STORE, "Disk", ("implements Store", "implements Store, Shop")),
    (
        "typescript",
        "Cannot find name 'Store'.",
        STORE,
        "Store {\n  put(x: number): void {",
        (" implements Store", ""),
    ),
    ("python", "`Base` is not defined", SHAPE, "Base", ("(Base)", "")),
    ("typescript", FEWER, SEND, "send('a')", ("send('a')", "send('a', '')")),
    ("typescript", FEWER, SEND, "send('a')", ("body: string", "body = ''")),
    ("typescript", "Expected 1 arguments, but got 2.", SEND, "send('a')", (", body: string", "")),
    (
        "typescript",
        "'body' is declared but its value is never read.",
        SEND,
        "body",
        (", body: string", ""),
    ),
    (
        "rust",
        "this function takes 2 arguments but 1 argument was supplied",
        RUST,
        "send(1)",
        ("send(1)", 'send("a", "b")'),
    ),
    ("java", "incompatible types", JAVA, "f(", ("new ArrayList<User>()", "new ArrayList<>()")),
    ("python", LACKS, SHOPS, "Shop(", ('Shop("corner")', 'Shop("corner", "nobody")')),
    (
        "python",
        LACKS,
        SHOPS,
        "Shop(",
        ('make():\n    return Shop("corner"', 'make(o):\n    return Shop("corner", o'),
    ),
    ("typescript", FEWER, SHOPS_TS, "new Shop", ("'corner'", "'corner', 'nobody'")),
    ("rust", RUST_LACKS, SHOPS_RUST, "Shop::new(1", ("new(1)", "new(1, 2)")),
    ("go", GO_LACKS, SHOPS_GO, "s.Put(1", ("Put(1)", "Put(1, 2)")),
    ("java", JAVA_LACKS, SHOPS_JAVA, "put(1", ("put(1)", "put(1, 2)")),
    (
        "java",
        JAVA_LACKS,
        SHOPS_JAVA,
        "put(1",
        ("  void f", "  void put(int a) {\n    put(a, 0);\n  }\n\n  void f"),
    ),
]


@pytest.mark.parametrize(("language", "message", "before", "at", "pair"), KEPT)
def test_what_says_as_much_as_before_is_no_way_around(
    language: str, message: str, before: str, at: str, pair: tuple[str, str]
) -> None:
    assert not hatch(edited(language, message, before, at, pair))
