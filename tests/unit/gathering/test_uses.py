"""What counts as a use of a name: requires, macros, parameters, and not the names that are defined."""

from __future__ import annotations

from tests.unit.gathering.places import candidates, needed, of_tier


def test_a_name_that_the_lines_define_is_no_use_of_another_one() -> None:
    files = {
        "rules/fence.py": "def fence(x):\n    return x\n\n\ndef other(x):\n    return x\n",
        "main.py": (
            "class A:\n    def fence(self, x):\n        return x\n\n"
            "    def run(self, x):\n        return other(x)\n"
        ),
        "b.ts": "export function fence(x: number) { return x }\n",
        "main.ts": "class A {\n  fence(x: number) {\n    return x\n  }\n}\n",
    }
    assert needed(files, "main.py", range(1, 3)) == set()
    assert needed(files, "main.py") == {("rules/fence.py", "other")}
    assert needed(files, "main.ts") == set()


def test_one_of_several_definitions_is_not_called_the_only_one() -> None:
    files = {
        "a.py": "class A:\n    def weigh_it(self): ...\n",
        "b.py": "class B:\n    def weigh_it(self): ...\n",
        "main.py": "def run(x):\n    return x.weigh_it()\n",
    }
    found = of_tier(candidates(files, "main.py"), "required_types")
    assert {item.reasons for item in found.values()} == {
        ("defines a `weigh_it`, and line 2 uses one",)
    }
    assert not any(item.required for item in found.values())
    del files["b.py"]
    (only,) = of_tier(candidates(files, "main.py"), "required_types").values()
    assert only.reasons == ("defines the only `weigh_it`, and line 2 uses one",)


def test_modules_that_are_required_within_the_lines_are_followed() -> None:
    files = {
        "lib/fmt.js": (
            "function formatAmount(x, n) { return x }\nformatAmount.pad = function (a, n) { return a }\n"
            "module.exports = formatAmount\n"
        ),
        "lib/legacy.js": "exports.old = function (x) { return x }\nexports.other = 1\n",
        "lib/tools.js": "function cut(x) { return x }\nmodule.exports = { cut }\n",
        "main.js": (
            "const formatAmount = require('./lib/fmt');\nconst legacy = require('./lib/legacy');\n"
            "const { cut } = require('./lib/tools');\n\nfunction total(summ) {\n"
            "  legacy.old(1);\n  cut(summ);\n"
            "  return formatAmount(summ, 2) + formatAmount.pad('a', 3);\n}\n"
        ),
    }
    wanted = {("lib/fmt.js", "formatAmount"), ("lib/legacy.js", "old"), ("lib/tools.js", "cut")}
    assert needed(files, "main.js", range(4, 9)) >= wanted
    assert needed(files, "main.js") >= wanted


def test_a_local_name_hides_a_module_that_is_required_above() -> None:
    files = {
        "fmt.js": "exports.pad_left = function (x) { return x }\n",
        "other.js": "class Other {\n  pad_left(x) { return x }\n}\nmodule.exports = { Other }\n",
        "main.js": (
            "const fmt = require('./fmt')\nconst { Other } = require('./other')\n"
            "function run() {\n  const fmt = new Other()\n  return fmt.pad_left(1)\n}\n"
        ),
    }
    found = of_tier(candidates(files, "main.js", range(2, 6)), "required_types")
    assert "pad_left" in found["other.js", "Other"].levels[0].text
    assert ("fmt.js", "pad_left") not in found


def test_what_a_macro_of_rust_is_given_is_code() -> None:
    files = {
        "Cargo.toml": '[package]\nname = "shop"\n',
        "src/lib.rs": "pub mod amount;\npub mod store;\npub mod bill;\n",
        "src/amount.rs": (
            "pub struct Amount(i64);\n\nimpl Amount {\n    pub const ZERO: Amount = Amount(0);\n"
            "    pub fn add(self, other: Amount) -> Amount { other }\n"
            "    pub fn unused(self) -> Amount { self }\n}\n"
        ),
        "src/store.rs": (
            "pub struct TheStore;\n\nimpl TheStore {\n    pub fn open() -> TheStore { TheStore }\n"
            "    pub fn total(&self) -> i64 { 1 }\n}\n"
        ),
        "src/bill.rs": (
            "use crate::amount::Amount;\nuse crate::store::TheStore;\n\npub fn bill() {\n"
            '    println!("{:?}", Amount::ZERO.add(Amount::ZERO));\n'
            "    let all = vec![TheStore::open()];\n    let one = TheStore::open();\n"
            "    assert_eq!(one.total(), 1);\n}\n"
        ),
    }
    found = needed(files, "src/bill.rs", range(3, 9))
    assert found >= {
        *(("src/amount.rs", "Amount"), ("src/amount.rs", "ZERO"), ("src/amount.rs", "add")),
        *(("src/store.rs", "TheStore"), ("src/store.rs", "open"), ("src/store.rs", "total")),
    }
    assert ("src/amount.rs", "unused") not in found


def test_the_type_of_the_first_parameter_is_a_use_and_no_local_name() -> None:
    files = {
        "prices.py": "class Price:\n    cents: int\n",
        "main.py": "from prices import Price\n\n\ndef one(price: Price):\n    return 1\n",
    }
    assert needed(files, "main.py", range(3, 5)) == {("prices.py", "Price")}
