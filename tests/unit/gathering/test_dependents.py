"""Files that use what a new version of another file takes away."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_index import SmallIndex
from understudy.core.lines import LineIndex
from understudy.gathering.dependents import Dependent, Version, dependents
from understudy.index.extraction import facts_of

CART = (
    "LIMIT = 3\n\n\ndef shipping(cart, express=False):\n    return 1\n\n\nclass Cart:\n    pass\n"
)
SCRIPT = "export function price(a: number, b?: string): number { return a }\n"


def lost(
    files: dict[str, str], path: str, language: str, old: str, new: str, *changed: str
) -> tuple[Dependent, ...]:
    before = files[path]
    after = before.replace(old, new)
    versions = [
        Version(facts_of(path, language, text), LineIndex(text)) for text in (before, after)
    ]
    root = Path("/nowhere")
    return dependents(SmallIndex(files), root, versions[0], versions[1], changed)


@pytest.mark.parametrize(
    ("use", "uses"),
    [
        ("from cart import shipping\n\nprint(shipping(1))\n", True),
        ("from cart import shipping as cost\n\nprint(cost(1))\n", True),
        ("import cart\n\nprint(cart.shipping(1))\n", True),
        ("import cart as c\n\nprint(c.shipping(1))\n", True),
        ("from cart import Cart\n\nshipping = 1\nprint(shipping)\n", False),
        ("from other import shipping\n\nprint(shipping(1))\n", False),
        ("print(shipping)\n", False),
    ],
)
def test_who_uses_a_name_that_is_gone_is_told(use: str, uses: bool) -> None:
    files = {"cart.py": CART, "use.py": use, "other.py": "def shipping():\n    return 2\n"}
    found = lost(files, "cart.py", "python", "def shipping", "def cost")
    assert found == ((Dependent("shipping", True, ("use.py",)),) if uses else ())


@pytest.mark.parametrize(
    ("old", "new", "breaks"),
    [
        ("cart, express", "cart, weight, express", True),
        ("cart, express=False", "cart", True),
        ("cart, express", "cart: Cart, express", False),
        ("express=False)", "express=False, *, note='')", False),
        ("express=False)", "express=False, **more)", False),
        ("cart, express=False", "cart, express", True),
        ("return 1", "return 2", False),
    ],
)
def test_a_call_that_needs_other_arguments_is_told(old: str, new: str, breaks: bool) -> None:
    files = {"cart.py": CART, "use.py": "from cart import shipping\n\nprint(shipping(1))\n"}
    found = lost(files, "cart.py", "python", old, new)
    assert found == ((Dependent("shipping", False, ("use.py",)),) if breaks else ())


@pytest.mark.parametrize(
    ("path", "language", "text", "use", "old", "new", "name"),
    [
        (
            "a.ts",
            "typescript",
            SCRIPT,
            ("b.ts", 'import { price } from "./a";\nprice(1);\n'),
            "function price",
            "function cost",
            "price",
        ),
        (
            "a.ts",
            "typescript",
            SCRIPT,
            ("b.ts", 'import * as a from "./a";\na.price(1);\n'),
            "b?: string",
            "b: string",
            "price",
        ),
        (
            "shop/a.go",
            "go",
            "package shop\n\nfunc Price(a int) int { return a }\n",
            ("shop/b.go", "package shop\n\nvar x = Price(1)\n"),
            "Price(a int)",
            "Price(a, b int)",
            "Price",
        ),
        (
            "src/a.rs",
            "rust",
            "pub fn price(a: i32) -> i32 { a }\n",
            ("src/main.rs", "mod a;\nuse crate::a::price;\nfn main() { price(1); }\n"),
            "fn price",
            "fn cost",
            "price",
        ),
    ],
)
def test_other_languages(
    path: str, language: str, text: str, use: tuple[str, str], old: str, new: str, name: str
) -> None:
    files = {path: text, use[0]: use[1], "go.mod": "module shop\n", "Cargo.toml": ""}
    (found,) = lost(files, path, language, old, new)
    assert (found.name, found.paths) == (name, (use[0],))


def test_what_changes_along_and_what_is_passed_on_is_not_lost() -> None:
    files = {"cart.py": CART, "use.py": "from cart import shipping\n\nshipping(1)\n"}
    assert not lost(files, "cart.py", "python", "def shipping", "def cost", "use.py")
    moved = "from costs import shipping\n\n\ndef cost"
    assert not lost(files, "cart.py", "python", "def shipping", moved)


@given(st.text(alphabet="def shipping(a, b=1):\n[]{}<>.*?", max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    files = {"cart.py": CART, "use.py": "from cart import shipping\n\nshipping(1)\n"}
    assert len(lost(files, "cart.py", "python", CART, text)) <= 2
