"""What `self`, `this` and bound names mean where the lines hold more than one class or function."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, needed, of_tier
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic

PYTHON = {
    "store.py": "class Store:\n    def find_group(self, n): ...\n    def extent(self): ...\n",
    "other.py": "class Other:\n    def find_group(self, n): ...\n    def extent(self): ...\n",
    "main.py": (
        "from store import Store\n\n\nclass Checker:\n    def __init__(self, store: Store):\n"
        "        self.store = store\n\n    def check(self):\n"
        "        return self.store.find_group(3) > self.store.extent()\n"
    ),
}
TYPESCRIPT = {
    "store.ts": "export class Store {\n  findGroup(n: number) {}\n  extent() {}\n}\n",
    "other.ts": "export class Other {\n  findGroup(n: number) {}\n  extent() {}\n}\n",
    "main.ts": (
        'import { Store } from "./store";\n\nexport class Checker {\n'
        "  constructor(private store: Store) {}\n\n  check() {\n"
        "    return this.store.findGroup(3) > this.store.extent();\n  }\n}\n"
    ),
}
RUST = {
    "Cargo.toml": '[package]\nname = "a"\n',
    "src/lib.rs": "mod store;\nmod other;\nmod main;\n",
    "src/store.rs": (
        "pub struct Store { x: u32 }\n\nimpl Store {\n"
        "    pub fn find_group(&self, n: u32) -> u32 { n }\n"
        "    pub fn extent(&self) -> u32 { self.x }\n}\n"
    ),
    "src/other.rs": (
        "pub struct Other { x: u32 }\n\nimpl Other {\n"
        "    pub fn find_group(&self, n: u32) -> u32 { n }\n"
        "    pub fn extent(&self) -> u32 { self.x }\n}\n"
    ),
    "src/main.rs": (
        "use crate::store::Store;\n\npub struct Checker {\n    store: Store,\n}\n\n"
        "impl Checker {\n    pub fn check(&self) -> bool {\n"
        "        self.store.find_group(3) > self.store.extent()\n    }\n}\n"
    ),
}
JAVA = {
    "p/Store.java": "package p;\nclass Store {\n  int findGroup(int n) { }\n  int extent() { }\n}\n",
    "p/Other.java": "package p;\nclass Other {\n  int findGroup(int n) { }\n  int extent() { }\n}\n",
    "p/Main.java": (
        "package p;\n\npublic class Main {\n  private final Store store = new Store();\n\n"
        "  boolean check() {\n    return store.findGroup(3) > this.store.extent();\n  }\n}\n"
    ),
}
CPP = {
    "store.h": "#pragma once\nclass Store {\n public:\n  int findGroup(int n);\n  int extent();\n};\n",
    "other.h": "#pragma once\nclass Other {\n public:\n  int findGroup(int n);\n  int extent();\n};\n",
    "main.h": '#pragma once\n#include "store.h"\nclass Checker {\n  bool check();\n  Store store_;\n};\n',
    "main.cpp": (
        '#include "main.h"\n\nbool Checker::check() {\n'
        "  return store_.findGroup(3) > this->store_.extent();\n}\n"
    ),
}


@pytest.mark.parametrize(
    ("files", "path", "mark"),
    [
        (PYTHON, "main.py", "find_group"),
        (TYPESCRIPT, "main.ts", "findGroup"),
        (RUST, "src/main.rs", "find_group"),
        (JAVA, "p/Main.java", "findGroup"),
        (CPP, "main.cpp", "findGroup"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_members_of_the_own_class_are_found_whether_a_line_or_the_file_is_meant(
    files: dict[str, str], path: str, mark: str
) -> None:
    text = files[path]
    line = text[: text.index(f"{mark}(3)")].count("\n")
    for lines in (range(line, line + 1), range(text.count("\n") + 1)):
        found = of_tier(candidates(files, path, lines), "required_types")
        told = {one for item in found.values() for one in item.reasons}
        for name in (mark, "extent"):
            assert f"defines `{name}`, which line {line + 1} uses" in told
        shown = {item.path for item in found.values()}
        assert not any("other" in one.lower() for one in shown)


def test_every_class_of_a_file_has_its_own_self_and_every_function_its_own_names() -> None:
    files = {
        "one.py": "class One:\n    def weigh(self): ...\n",
        "two.py": "class Two:\n    def weigh(self): ...\n",
        "three.py": "class Three:\n    def weigh(self): ...\n",
        "main.py": (
            "from one import One\nfrom two import Two\n\n\n"
            "class A:\n    part: One\n\n    def run(self):\n        return self.part.weigh()\n\n\n"
            "class B:\n    part: Two\n\n    def run(self):\n        return self.part.weigh()\n\n\n"
            "def f(x: One):\n    return x.weigh()\n\n\ndef g(x: Two):\n    return x.weigh()\n"
        ),
    }
    found = of_tier(candidates(files, "main.py"), "required_types")
    told = {path: item.reasons for (path, _), item in found.items()}
    assert set(told) == {"one.py", "two.py"}
    assert "defines `weigh`, which line 9 uses" in told["one.py"]
    assert "defines `weigh`, which line 16 uses" in told["two.py"]
    (f,) = of_tier(candidates(files, "main.py", range(18, 20)), "required_types")
    (g,) = of_tier(candidates(files, "main.py", range(22, 24)), "required_types")
    assert (f[0], g[0]) == ("one.py", "two.py")
    assert needed(files, "main.py", range(18, 24)) == {("one.py", "One"), ("two.py", "Two")}


def test_a_class_within_a_function_is_the_one_that_self_means_there() -> None:
    files = {
        "one.py": "class One:\n    def weigh(self): ...\n",
        "two.py": "class Two:\n    def weigh(self): ...\n",
        "main.py": (
            "from one import One\nfrom two import Two\n\n\nclass A:\n    part: One\n\n"
            "    def run(self):\n        class B:\n            part: Two\n\n"
            "            def go(self):\n                return self.part.weigh()\n\n"
            "        return self.part.weigh()\n"
        ),
    }
    found = of_tier(candidates(files, "main.py", range(7, 15)), "required_types")
    told = {path: item.reasons for (path, _), item in found.items()}
    assert "defines `weigh`, which line 13 uses" in told["two.py"]
    assert "defines `weigh`, which line 15 uses" in told["one.py"]


def test_a_selection_that_cuts_into_functions_knows_what_they_bind() -> None:
    files = {
        "one.py": "class One:\n    def weigh(self): ...\n",
        "other.py": "class Other:\n    def weigh(self): ...\n",
        "main.py": (
            "from one import One\n\n\ndef f(x: One):\n    y = 1\n    return x.weigh()\n\n\n"
            "def g():\n    return 2\n"
        ),
    }
    found = of_tier(candidates(files, "main.py", range(5, 9)), "required_types")
    assert {path for path, _ in found} == {"one.py"}


def test_names_that_a_script_binds_are_known_in_its_functions() -> None:
    files = {
        "one.js": "class One {\n  weigh() {}\n}\nmodule.exports = { One }\n",
        "other.js": "class Other {\n  weigh() {}\n}\nmodule.exports = { Other }\n",
        "main.js": (
            'const { One } = require("./one")\ndescribe(() => {\n  const x = new One()\n'
            "  function run() {\n    return x.weigh()\n  }\n})\n"
        ),
    }
    found = of_tier(candidates(files, "main.js"), "required_types")
    assert "defines `weigh`, which line 5 uses" in found["one.js", "One"].reasons


def test_bases_and_overrides_of_every_class_in_the_lines_are_needed() -> None:
    files = {
        "bases.py": (
            "class First:\n    def run(self): ...\n\n\nclass Second:\n    def stop(self): ...\n"
        ),
        "main.py": (
            "import bases\n\n\nclass A(bases.First):\n    def run(self):\n        return 1\n\n\n"
            "class B(bases.Second):\n    def stop(self):\n        return 2\n"
        ),
    }
    found = of_tier(candidates(files, "main.py"), "required_types")
    told = {one for item in found.values() for one in item.reasons}
    assert {"is what `run` overrides", "is what `stop` overrides"} <= told


def test_in_a_short_file_the_callers_of_the_function_with_the_problem_are_shown() -> None:
    text = "def first():\n    return 1\n\n\ndef second():\n    return two\n"
    files = {
        "main.py": text,
        "user.py": "from main import second\n\n\ndef use():\n    return second()\n",
    }
    at = text.index("two")
    problem = Diagnostic("ruff", "F821", "Undefined name `two`", Span(at, at + 3))
    related = of_tier(candidates(files, "main.py", problems=(problem,)), "related_imports")
    assert related["user.py", "use"].reasons == ("calls `second` on line 5",)
