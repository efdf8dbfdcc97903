"""What the names in some lines lead to, language by language."""

from __future__ import annotations

from pathlib import Path

from tests.small_index import SmallIndex
from tests.unit.gathering.places import candidates, count, needed, of_tier
from understudy.config.policy import Policy
from understudy.core.text import Span
from understudy.gathering.gather import gather
from understudy.gathering.making import Signals
from understudy.index.facts import Definition, Facts
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View


def cheapest(files: dict[str, str], path: str, key: tuple[str, str]) -> str:
    return of_tier(candidates(files, path), "required_types")[key].levels[0].text


def test_python_names_are_followed_through_reexports_aliases_and_types() -> None:
    files = {
        "shop/__init__.py": "from shop.inner import Order as Order\nfrom shop.money import *\n",
        "shop/inner.py": (
            "from shop.base import Base\n\nclass Order(Base):\n    rate: 'Rate'\n\n"
            "    def total(self) -> int:\n        return 1\n\n    def other(self) -> int:\n"
            "        return 2\n\nclass Rate:\n    def of(self, x: int) -> int:\n        return x\n"
        ),
        "shop/base.py": "class Base:\n    def stamp(self) -> str:\n        return ''\n",
        "shop/money.py": "def vat(x: int) -> int:\n    return x\n",
        "main.py": (
            "import shop as s\nfrom shop import Order, vat as tax\n\n"
            "def bill(order: Order) -> int:\n    order.stamp()\n    made = Order()\n"
            "    return tax(made.total()) + order.rate.of(3) + s.vat(2)\n"
        ),
    }
    assert needed(files, "main.py") == {
        ("shop/inner.py", "Order"),
        ("shop/inner.py", "Rate"),
        ("shop/base.py", "Base"),
        ("shop/money.py", "vat"),
    }
    text = cheapest(files, "main.py", ("shop/inner.py", "Order"))
    assert "def total(self) -> int:" in text
    assert "def other" not in text
    assert "# …" in text


def test_cycles_of_reexports_end() -> None:
    files = {
        "a.py": "from b import *\nfrom b import x\n",
        "b.py": "from a import *\nfrom a import x\n",
        "c.py": "from a import x, y\n\ndef f():\n    return x(y)\n",
    }
    assert needed(files, "c.py") == set()


def test_names_that_are_bound_to_each_other_mean_nothing_and_end() -> None:
    chain = "".join(f"    x{n} = x{n + 1}.a\n" for n in range(3_000))
    text = f"def f():\n    a = b.c\n    b = a.d\n{chain}    return a.x + b.y + x0.z\n"
    assert needed({"main.py": text}, "main.py") == set()


def test_fields_get_the_type_of_the_parameter_that_they_are_set_to() -> None:
    files = {
        "store.py": "class Store:\n    def load(self) -> int:\n        return 1\n",
        "main.py": (
            "from store import Store\n\nclass App:\n    def __init__(self, store: Store) -> None:\n"
            "        self.store = store\n\n    def run(self) -> int:\n"
            "        return self.store.load()\n"
        ),
    }
    found = candidates(files, "main.py", range(6, 8))
    item = of_tier(found, "required_types")["store.py", "Store"]
    assert "def load" in item.levels[0].text
    assert item.reasons == ("defines `load`, which line 8 uses",)


def test_what_a_method_overrides_is_needed() -> None:
    files = {
        "base.py": "class Base:\n    def run(self, x: int) -> int:\n        return x\n",
        "main.py": "from base import Base\n\nclass A(Base):\n    def run(self, x):\n        return 2\n",
    }
    found = of_tier(candidates(files, "main.py", range(3, 5)), "required_types")
    assert "def run" in found["base.py", "Base"].levels[0].text


def test_names_in_messages_are_needed_wherever_they_are() -> None:
    files = {
        "far/away.py": "def compute_rate(x):\n    return x\n",
        "main.py": "def f():\n    return compute_rat(1)\n",
    }
    problem = Diagnostic("ruff", "F821", "Undefined name; did you mean `compute_rate`?", Span(0, 3))
    found = candidates(files, "main.py", range(2), problems=(problem,))
    item = of_tier(found, "required_types")["far/away.py", "compute_rate"]
    assert item.required
    assert item.reasons == ("defines `compute_rate`, which the problem names",)


def test_typescript_names_are_followed_through_barrels_defaults_and_objects() -> None:
    files = {
        "src/internal.ts": "export * from './order'\nexport { default as Rate } from './rate'\n",
        "src/order.ts": (
            "import { Rate } from './internal'\nexport interface Order extends Base {\n"
            "  rate: Rate\n  total(): number\n}\ninterface Base { stamp: string }\n"
        ),
        "src/rate.ts": "export default class Rate {\n  of(x: number): number { return x }\n}\n",
        "src/notify.ts": (
            "export const notify = make()\nfunction make() {\n  return {\n"
            "    batch: (x: number) => x,\n    other: 1,\n  }\n}\n"
        ),
        "src/main.ts": (
            "import { Order, Rate } from './internal'\nimport * as n from './notify'\n\n"
            "export function bill({ stamp }: Order, order: Order): number {\n"
            "  const { total } = order\n  n.notify.batch(1)\n"
            "  return order.rate.of(2) + new Rate().of(3)\n}\n"
        ),
    }
    assert needed(files, "src/main.ts") == {
        ("src/order.ts", "Order"),
        ("src/order.ts", "Base"),
        ("src/rate.ts", "Rate"),
        ("src/notify.ts", "notify"),
        ("src/notify.ts", "make"),
    }
    assert "batch: (x: number)" in cheapest(files, "src/main.ts", ("src/notify.ts", "make"))
    assert "total(): number" in cheapest(files, "src/main.ts", ("src/order.ts", "Order"))


def test_go_packages_methods_and_constructors_are_followed() -> None:
    files = {
        "go.mod": "module example.org/shop\n",
        "order/order.go": (
            "package order\n\n// Order is what somebody bought.\ntype Order struct {\n\tRate *Rate\n}\n\n"
            "func New() *Order { return nil }\n"
        ),
        "order/rate.go": "package order\n\ntype Rate struct{}\n\nfunc (r *Rate) Of(x int) int { return x }\n",
        "helper.go": "package main\n\nfunc helper(x int) int { return x }\n",
        "main.go": (
            'package main\n\nimport "example.org/shop/order"\n\nfunc run(o *order.Order) int {\n'
            "\tmade := order.New()\n\treturn helper(o.Rate.Of(1)) + made.Rate.Of(2)\n}\n"
        ),
    }
    assert needed(files, "main.go") == {
        ("order/order.go", "Order"),
        ("order/order.go", "New"),
        ("order/rate.go", "Of"),
        ("order/rate.go", "Rate"),
        ("helper.go", "helper"),
    }
    method = of_tier(candidates(files, "main.go"), "required_types")["order/rate.go", "Of"]
    assert method.keep_with == ("order/rate.go", 2, "Rate")


def test_rust_paths_uses_and_methods_are_followed() -> None:
    files = {
        "Cargo.toml": '[package]\nname = "shop"\n',
        "src/lib.rs": "pub mod order;\npub mod rate;\npub mod bill;\n",
        "src/order.rs": (
            "use crate::rate::Rate;\n\npub struct Order {\n    pub rate: Rate,\n}\n\n"
            "impl Order {\n    pub fn open() -> Order { todo!() }\n}\n"
        ),
        "src/rate.rs": "pub struct Rate;\n\nimpl Rate {\n    pub fn apply(&self) -> u8 { 1 }\n}\n",
        "src/bill.rs": (
            "use crate::order::Order;\n\npub fn bill(order: &Order) -> u8 {\n"
            "    let made = Order::open();\n    order.rate.apply() + made.rate.apply()\n}\n"
        ),
    }
    assert needed(files, "src/bill.rs") >= {
        ("src/order.rs", "Order"),
        ("src/order.rs", "open"),
        ("src/rate.rs", "apply"),
    }


def test_java_classes_and_inherited_methods_are_followed() -> None:
    files = {
        "p/Base.java": "package p;\npublic class Base {\n  protected int helper(int x) { return x; }\n}\n",
        "q/Rate.java": "package q;\npublic class Rate {\n  public int apply(int x) { return x; }\n}\n",
        "p/App.java": (
            "package p;\nimport q.Rate;\npublic class App extends Base {\n  private Rate rate;\n"
            "  int run() {\n    return helper(rate.apply(1));\n  }\n}\n"
        ),
    }
    found = candidates(files, "p/App.java", range(4, 7))
    items = of_tier(found, "required_types")
    assert "int helper(int x)" in items["p/Base.java", "Base"].levels[0].text
    assert "int apply(int x)" in items["q/Rate.java", "Rate"].levels[0].text


def test_c_functions_structs_and_enumerators_are_found_through_headers() -> None:
    files = {
        "inc/list.h": "struct list { int size; };\nenum mode { FAST, SLOW };\n",
        "inc/all.h": '#include "list.h"\n',
        "util.h": "int helper(struct list *l);\n",
        "main.c": (
            '#include "util.h"\n#include "inc/all.h"\n\nint run(struct list *l) {\n'
            "  return helper(l) + l->size + FAST;\n}\n"
        ),
    }
    assert needed(files, "main.c") == {
        ("util.h", "helper"),
        ("inc/list.h", "list"),
        ("inc/list.h", "mode"),
    }


def test_a_language_without_rules_is_looked_up_by_names_alone() -> None:
    index = SmallIndex({})
    method = Definition("compute_total", "method", 0, 0, 1, 3)
    index.take(
        Facts("a/util.rb", "ruby", "", definitions=(method,)), "def compute_total(x)\n x\nend\n"
    )
    text = "def run\n  compute_total(1)\nend\n"
    view = View(
        "file:///m.rb", text, Policy(), language="ruby", path=Path("/w/m.rb"), root=Path("/w")
    )
    found = gather(index, view, range(3), (), Signals(count))
    assert ("a/util.rb", "compute_total") in of_tier(found, "required_types")


def test_types_in_the_signature_of_what_is_needed_come_along_but_are_not_required() -> None:
    files = {
        "rate.py": "class Rate:\n    x: int\n",
        "store.py": "from rate import Rate\n\ndef load() -> Rate:\n    return Rate()\n",
        "main.py": "from store import load\n\ndef run():\n    return load()\n",
    }
    item = of_tier(candidates(files, "main.py"), "required_types")["rate.py", "Rate"]
    assert not item.required
    assert item.reasons == ("is named in the signature of `load`",)
