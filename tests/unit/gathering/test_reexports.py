"""Names that reach a file through others, which may call them differently."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, needed, of_tier

MODULE = (
    "export function make(a: number) { return a }\n"
    "function hidden() { return 1 }\n"
    "export { hidden as shown }\n"
)
COMMON = "function make(a) { return a }\nmodule.exports = { make, build: make }\n"
PYTHON = (
    "__all__ = ['make', '_quiet']\n\ndef make():\n    return 1\n\ndef _quiet():\n    return 2\n"
)
RUST = "pub struct Order { pub a: i32 }\npub fn make() -> i32 { 1 }\n"
MAKE = ("d.ts", "make")


def of_last_lines(files: dict[str, str], path: str, count: int) -> set[tuple[str, str]]:
    lines = files[path].count("\n")
    return needed(files, path, range(lines - count, lines))


@pytest.mark.parametrize(
    ("between", "brought", "used", "wanted"),
    [
        ("export { make as build } from './d'\n", "{ build }", "build()", MAKE),
        ("import { make } from './d'\nexport { make as build }\n", "{ build }", "build()", MAKE),
        ("import { make } from './d'\nexport { make as 'build' }\n", "{ build }", "build()", MAKE),
        ("import { make } from './d'\nexport { make as default }\n", "build", "build()", MAKE),
        ("export { make as default } from './d'\n", "build", "build()", MAKE),
        ("import { make } from './d'\nexport default make\n", "build", "build()", MAKE),
        ("import { make } from './d'\nexport { make as build }\n", "* as m", "m.build()", MAKE),
        ("export * from './n'\n", "{ build }", "build()", MAKE),
        ("export * from './d'\n", "{ shown }", "shown()", ("d.ts", "hidden")),
        ("export * as inner from './d'\n", "{ inner }", "inner.make()", MAKE),
        ("import * as d from './d'\nexport { d as inner }\n", "{ inner }", "inner.make()", MAKE),
        ("function own() {}\nexport { own as default }\n", "build", "build()", ("m.ts", "own")),
        ("export default function () { return 1 }\n", "f", "f()", ("m.ts", "default")),
        ("export default async () => 1\n", "f", "f()", ("m.ts", "default")),
        ("export default class { go() {} }\n", "F", "new F().go()", ("m.ts", "default")),
        ("class Own { go() {} }\nexport default new Own()\n", "o", "o.go()", ("m.ts", "Own")),
        ("export default {\n  go() {},\n}\n", "o", "o.go()", ("m.ts", "default")),
    ],
)
def test_typescript(between: str, brought: str, used: str, wanted: tuple[str, str]) -> None:
    files = {
        "d.ts": MODULE,
        "n.ts": "import { make } from './d'\nexport { make as build }\n",
        "m.ts": between,
        "main.ts": f"import {brought} from './m'\n\nexport function run() {{ return {used} }}\n",
    }
    assert of_last_lines(files, "main.ts", 1) == {wanted}


def test_typescripts_export_of_one_thing() -> None:
    files = {
        "d.ts": "class Own { go() {} }\nclass Other { go() {} }\nexport = Own\n",
        "main.ts": "import Own = require('./d')\nexport function run() { return new Own().go() }\n",
    }
    assert of_last_lines(files, "main.ts", 1) == {("d.ts", "Own")}


@pytest.mark.parametrize("name", ["ext", "@house/ext", "ext/deep", "lodash.chunk", "my-ext"])
@pytest.mark.parametrize(
    ("brought", "used"), [("{ lo }", "lo()"), ("* as e", "e.lo()"), ("{ lo as low }", "low()")]
)
def test_modules_that_are_only_declared(name: str, brought: str, used: str) -> None:
    files = {
        "types/ext.d.ts": f"declare module '{name}' {{\n  export function lo(a: number): string\n}}\n",
        "main.ts": f"import {brought} from '{name}'\n\nexport function run() {{ return {used} }}\n",
    }
    assert of_last_lines(files, "main.ts", 1) == {("types/ext.d.ts", "lo")}
    files["main.ts"] = files["main.ts"].replace(f"'{name}'", "'another'")
    assert of_last_lines(files, "main.ts", 1) == set()


def test_names_that_are_offered_under_each_others_name_end() -> None:
    files = {
        "m.ts": "export { a as b }\nexport { b as a }\nexport * from './m'\n",
        "main.ts": "import { a } from './m'\nexport function run() { return a() }\n",
    }
    assert of_last_lines(files, "main.ts", 1) == set()


@pytest.mark.parametrize(
    ("between", "brought", "used"),
    [
        (COMMON, "{ make }", "make()"),
        (COMMON, "{ build }", "build()"),
        (COMMON, "d", "d.make()"),
        ("module.exports = require('./d')\n", "{ make }", "make()"),
        ("module.exports = { ...require('./d'), more: 1 }\n", "{ make }", "make()"),
        ("const { make } = require('./d')\nmodule.exports = { build: make }\n", "m", "m.build()"),
        ("const { make } = require('./d')\nmodule.exports = make\n", "make", "make()"),
    ],
)
def test_javascripts_older_modules(between: str, brought: str, used: str) -> None:
    files = {"d.js": COMMON, "main.js": f"const {brought} = require('./m')\nrun = () => {used}\n"}
    files["m.js"] = between
    found = of_last_lines(files, "main.js", 1)
    assert found == {("m.js" if between == COMMON else "d.js", "make")}


@pytest.mark.parametrize(
    ("package", "imported", "used", "wanted"),
    [
        ("from .d import *\n", "from p import make", "make()", "make"),
        ("from .c import *\n", "from p import make", "make()", "make"),
        ("from .d import *\n", "import p", "p.make()", "make"),
        ("from .d import make as build\n", "from p import build", "build()", "make"),
        ("from . import d\n", "import p", "p.d.make()", "make"),
        ("from . import d as e\n", "from p import e", "e.make()", "make"),
        ("", "from p.d import *", "_quiet()", "_quiet"),
        ("from .d import *\n__all__ = ['make']\n", "from p import *", "make()", "make"),
        ("from . import d\nfrom .d import *\n__all__ = d.__all__\n", "from p import *", "make()", "make"),
        (
            "try:\n    from .fast import make\nexcept ImportError:\n    from .d import make\n",
            "from p import make",
            "make()",
            "make",
        ),
    ],
)  # fmt: skip
def test_python(package: str, imported: str, used: str, wanted: str) -> None:
    files = {"p/__init__.py": package, "p/c.py": "from .d import *\n", "p/d.py": PYTHON}
    files["main.py"] = f"{imported}\n\ndef run():\n    return {used}\n"
    assert of_last_lines(files, "main.py", 2) == {("p/d.py", wanted)}


@pytest.mark.parametrize(
    ("root", "used", "called"),
    [
        ("pub use inner::make;\n", "use crate::make;", "make()"),
        ("pub use inner::make as build;\n", "use crate::build;", "build()"),
        ("pub use inner::*;\n", "use crate::make;", "make()"),
        ("pub use self::inner::*;\n", "use crate::*;", "make()"),
        ("pub(crate) use inner::{make, Order as It};\n", "use crate::make;", "make()"),
        ("pub use inner as deep;\n", "use crate::deep::make;", "make()"),
        ("pub use inner as deep;\n", "use crate::deep;", "deep::make()"),
        ("mod middle;\npub use middle::make;\n", "use crate::make;", "make()"),
        ("mod middle;\npub use middle::make;\n", "", "crate::make()"),
    ],
)
def test_rust(root: str, used: str, called: str) -> None:
    files = {
        "Cargo.toml": "[package]\nname = 'app'\n",
        "src/lib.rs": f"mod inner;\nmod run;\n{root}",
        "src/inner.rs": RUST,
        "src/middle.rs": "pub use crate::inner::make;\n",
        "src/run.rs": f"{used}\nfn run() -> i32 {{ {called} }}\n",
    }
    assert of_last_lines(files, "src/run.rs", 1) == {("src/inner.rs", "make")}


def test_rust_modules_that_are_passed_on_in_a_circle_end() -> None:
    files = {
        "Cargo.toml": "[package]\nname = 'app'\n",
        "src/lib.rs": "mod inner;\nmod run;\npub use inner as deep;\n",
        "src/inner.rs": "pub use crate::deep::make;\n",
        "src/run.rs": "use crate::deep::make;\nfn run() -> i32 { make() }\n",
    }
    assert of_last_lines(files, "src/run.rs", 1) == set()


def test_what_is_exported_without_a_name_is_shown_as_it_stands() -> None:
    files = {
        "m.ts": "export default {\n  go() {},\n  stop: 1,\n}\n",
        "main.ts": "import o from './m'\nexport function run() { return o.stop }\n",
    }
    found = of_tier(candidates(files, "main.ts", range(1, 2)), "required_types")
    assert found["m.ts", "default"].levels[0].text.startswith("export default {\n")
