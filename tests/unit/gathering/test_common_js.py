"""What CommonJS modules offer that is written where it is offered."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, needed, of_tier

OBJECT = """module.exports = {
  convert(amount, to) { return amount },
  limit: (a) => a,
  stop: function () { return 1 },
  each: function* () { yield 1 },
  Rate: class { of() { return 2 } },
  'quoted': () => 2,
  RATE: 5,
  table: { eur: 1 },
  rest: require('./rest'),
  now: start,
  start,
}
"""
START = "function start() {}\nfunction late() {}\n"
REST = "exports.go = function () {}\n"


def asked(module: str, brought: str, used: str, **more: str) -> set[tuple[str, str]]:
    files = {"m.js": module, "rest.js": REST, **more}
    files["main.js"] = f"const {brought} = require('./m')\n\nfunction run() {{ return {used} }}\n"
    return needed(files, "main.js", range(2, 3))


@pytest.mark.parametrize(
    ("used", "wanted"),
    [
        ("m.convert(1, 'eur')", ("m.js", "convert")),
        ("m.limit(1)", ("m.js", "limit")),
        ("m.stop()", ("m.js", "stop")),
        ("m.each()", ("m.js", "each")),
        ("new m.Rate()", ("m.js", "Rate")),
        ("m.quoted()", ("m.js", "quoted")),
        ("m.RATE + 1", ("m.js", "RATE")),
        ("m.table", ("m.js", "table")),
        ("m.rest.go()", ("rest.js", "go")),
        ("m.now()", ("m.js", "start")),
        ("m.start()", ("m.js", "start")),
    ],
)
@pytest.mark.parametrize(
    "head",
    ["module.exports = {", "exports = module.exports = {", "module.exports = exports = {"],
)
def test_members_of_what_is_exported(head: str, used: str, wanted: tuple[str, str]) -> None:
    module = START + OBJECT.replace("module.exports = {", head)
    assert asked(module, "m", used) == {wanted}
    name, _, rest = used.removeprefix("new ").removeprefix("m.").partition(".")
    if not rest:
        taken = name.partition("(")[0].partition(" ")[0]
        new = "new " if used.startswith("new") else ""
        assert asked(module, f"{{ {taken} }}", f"{new}{name}") == {wanted}


@pytest.mark.parametrize(
    ("module", "brought", "used", "name"),
    [
        ("module.exports = class { go() {} }\n", "M", "new M().go()", "exports"),
        ("module.exports = class Own { go() {} }\n", "M", "new M().go()", "Own"),
        ("class B {}\nmodule.exports = class Own extends B {}\n", "M", "new M()", "Own"),
        ("module.exports = function () { return 1 }\n", "m", "m()", "exports"),
        ("module.exports = function own() { return 1 }\n", "m", "m()", "exports"),
        ("module.exports = async function own() { return 1 }\n", "m", "m()", "exports"),
        ("module.exports = async (a) => a\n", "m", "m()", "exports"),
        ("module.exports = a => a\n", "m", "m()", "exports"),
        ("exports = module.exports = function own() {}\n", "m", "m()", "exports"),
        ("module.exports = new Own()\nclass Own { go() {} }\n", "m", "m.go()", "Own"),
        ("module.exports.stop = class { }\n", "m", "m.stop", "stop"),
        ("module.exports.stop = 1\n", "m", "m.stop", "stop"),
        ("exports.stop = 1\n", "{ stop }", "stop", "stop"),
        ("exports.stop = () => 1\n", "{ stop }", "stop()", "stop"),
        ("exports.Stop = class { go() {} }\n", "{ Stop }", "new Stop()", "Stop"),
        ("Object.assign(exports, {\n  stop() {},\n})\n", "m", "m.stop()", "stop"),
        ("Object.assign(module.exports, { stop: () => 1 })\n", "{ stop }", "stop()", "stop"),
        ("(function () {\n  module.exports = { stop() {} }\n})()\n", "m", "m.stop()", "stop"),
        ("const api = { stop() {} }\nmodule.exports = api\n", "m", "m.stop()", "api"),
    ],
)
def test_other_forms(module: str, brought: str, used: str, name: str) -> None:
    assert ("m.js", name) in asked(module, brought, used)


def test_no_more_than_what_is_used_is_required() -> None:
    assert asked(START + OBJECT, "m", "m.limit(m.stop())") == {("m.js", "limit"), ("m.js", "stop")}


@pytest.mark.parametrize("typed", ["", " as const", " satisfies Rates"])
@pytest.mark.parametrize(
    ("value", "used"),
    [
        ("{\n  convert(a: number) { return a },\n  limit: () => 1,\n}", "m.convert(1)"),
        ("[\n  'eur',\n  'usd',\n]", "m[0]"),
    ],
)
def test_an_object_that_is_the_default(value: str, used: str, typed: str) -> None:
    files = {
        "m.ts": f"export default {value}{typed}\n",
        "main.ts": f"import m from './m'\n\nfunction run() {{ return {used} }}\n",
    }
    assert needed(files, "main.ts", range(2, 3)) == {("m.ts", "default")}


def test_an_object_that_typescript_exports_as_a_whole() -> None:
    files = {
        "m.ts": "export = {\n  convert(a: number) { return a },\n  limit: () => 1,\n}\n",
        "main.ts": "import m = require('./m')\n\nfunction run() { return m.convert(1) + m.limit() }\n",
    }
    assert needed(files, "main.ts", range(2, 3)) == {("m.ts", "convert"), ("m.ts", "limit")}


def test_what_a_module_exports_is_shown_with_its_lines() -> None:
    files = {
        "m.js": OBJECT,
        "main.js": "const m = require('./m')\n\nfunction run() { return m.convert(1) }\n",
    }
    item = of_tier(candidates(files, "main.js", range(2, 3)), "required_types")["m.js", "convert"]
    assert "convert(amount, to) { return amount }" in item.levels[-1].text
