"""Types that the signature of something needed names by the path of their module, in its own file."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, of_tier
from tests.unit.gathering.qualified import CPP, GO, JAVA, PYTHON, RUST, TYPESCRIPT


def signature_types(files: dict[str, str], path: str, lines: range) -> set[tuple[str, str]]:
    """The classes that come as types of signatures: path and name."""
    found = of_tier(candidates(files, path, lines), "required_types")
    told = {key: " ".join(item.reasons) for key, item in found.items()}
    return {key for key, reasons in told.items() if "is named in the signature" in reasons}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("use crate::a::Kind;\npub fn give() -> Kind { todo!() }\n", ("src/a.rs", "Kind")),
        ("pub fn give() -> crate::a::Kind { todo!() }\n", ("src/a.rs", "Kind")),
        ("pub fn give(kind: super::a::Kind) {}\n", ("src/a.rs", "Kind")),
        ("pub fn give(kind: &mut self::super::a::Kind) {}\n", ("src/a.rs", "Kind")),
        ("pub fn give() -> Vec<Option<shop::a::Kind>> { todo!() }\n", ("src/a.rs", "Kind")),
        ("pub fn give() -> ::shop::a::Kind { todo!() }\n", ("src/a.rs", "Kind")),
        ("use crate::a;\npub fn give() -> a::Kind { todo!() }\n", ("src/a.rs", "Kind")),
        ("use super::a as b;\npub fn give() -> b::Kind { todo!() }\n", ("src/a.rs", "Kind")),
        ("pub fn give<T: crate::a::Kind>(one: T) {}\n", ("src/a.rs", "Kind")),
        ("pub fn give<T>(one: T) where T: crate::a::Kind {}\n", ("src/a.rs", "Kind")),
        ("pub fn give() -> crate::deep::low::Low { todo!() }\n", ("src/deep/low.rs", "Low")),
        ("pub fn give() -> crate::deep::Renamed { todo!() }\n", ("src/deep/low.rs", "Low")),
        ("struct Kind;\npub fn give() -> crate::a::Kind { todo!() }\n", ("src/a.rs", "Kind")),
    ],
)
def test_rust(given: str, wanted: tuple[str, str]) -> None:
    found = signature_types({**RUST, "src/w.rs": given}, "src/b.rs", range(3))
    assert found == {wanted}


@pytest.mark.parametrize(
    ("imported", "given"),
    [
        ('"example.org/shop/low"', "func Give() low.Kind { return low.Kind{} }"),
        ('"example.org/shop/low"', "func Give(all ...*low.Kind) {}"),
        (
            '"example.org/shop/low"',
            "func Give() (map[string][]low.Kind, error) { return nil, nil }",
        ),
        ('deep "example.org/shop/low"', "func Give(f func(deep.Kind) int) {}"),
        ('. "example.org/shop/low"', "func Give() Kind { return Kind{} }"),
        (
            '"example.org/shop/low"',
            "type Kind struct{}\n\nfunc Give() low.Kind { return low.Kind{} }",
        ),
    ],
)
def test_go(imported: str, given: str) -> None:
    text = f"package w\n\nimport {imported}\n\n{given}\n"
    found = signature_types({**GO, "w/w.go": text}, "main.go", range(4, 7))
    assert found == {("low/low.go", "Kind")}


@pytest.mark.parametrize(
    "given",
    [
        "from p import low\n\n\ndef give() -> low.Kind: ...\n",
        "import p.low\n\n\ndef give() -> p.low.Kind: ...\n",
        "import p.low as low\n\n\ndef give(kind: low.Kind | None = None): ...\n",
        "import p\n\n\ndef give(kind: 'p.low.Kind'): ...\n",
        "from p import low\n\n\ndef give(kinds: list[low.Kind]): ...\n",
        "from p import low\n\n\ndef give(kinds: list[low.Kind.Part]): ...\n",
        "from p import low\n\n\nclass Kind: ...\n\n\ndef give(\n    kind: low.Kind,\n): ...\n",
    ],
)
def test_python(given: str) -> None:
    found = signature_types({**PYTHON, "w.py": given}, "main.py", range(3, 5))
    assert found == {("p/low.py", "Kind")}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("import * as low from './low'\nexport function give(): low.Kind {}\n", ("low.ts", "Kind")),
        (
            "import type * as low from './low'\nexport function give(a: Map<string, low.Kind[]>) {}\n",
            ("low.ts", "Kind"),
        ),
        (
            "import { inner } from './spaces'\nexport function give(a?: inner.Deep) {}\n",
            ("spaces.ts", "Deep"),
        ),
        (
            "import { Hue } from './low'\nexport function give(hue: Hue.Red) {}\n",
            ("low.ts", "Hue"),
        ),
        (
            "import * as low from './low'\nclass Kind {}\nexport function give(): low.Kind {}\n",
            ("low.ts", "Kind"),
        ),
        ("export function give(): import('./low').Kind {}\n", ("low.ts", "Kind")),
    ],
)
def test_typescript(given: str, wanted: tuple[str, str]) -> None:
    found = signature_types({**TYPESCRIPT, "w.ts": given}, "main.ts", range(2, 5))
    assert {name for path, name in found if path == wanted[0]} == {wanted[1]}
    assert ("w.ts", "Kind") not in found


@pytest.mark.parametrize(
    ("imported", "given"),
    [
        ("", "p.q.Kind give() { return null; }"),
        ("", "void give(java.util.List<p.q.Kind> all) {}"),
        ("", "void give() throws p.q.Kind {}"),
        ("", "p.q.Kind.Part give() { return null; }"),
        ("import p.q.Kind;\n", "Kind.Part give() { return null; }"),
        ("import p.q.*;\n", "Kind.Part give() { return null; }"),
    ],
)
def test_java(imported: str, given: str) -> None:
    text = f"package p.r;\n\n{imported}public class Give {{\n  public static {given}\n}}\n"
    found = signature_types({**JAVA, "p/r/Give.java": text}, "p/r/Main.java", range(3, 6))
    assert found == {("p/q/Kind.java", "Kind")}


@pytest.mark.parametrize(
    "given",
    [
        "shop::low::Kind give();",
        "::shop::low::Kind give();",
        "void give(const std::vector<shop::low::Kind*>& all);",
        "namespace shop { struct Near {}; }\nvoid give(shop::low::Kind kind);",
        "namespace shop { namespace low { struct Near {}; } }\nshop::low::Kind give();",
    ],
)
def test_cpp(given: str) -> None:
    text = f'#include "other.hpp"\n#include "low.hpp"\n\n{given}\n'
    found = signature_types({**CPP, "w.hpp": text}, "main.cpp", range(2, 5))
    assert found == {("low.hpp", "Kind")}


def test_a_path_that_leads_out_of_the_workspace_means_nothing_of_that_name_in_it() -> None:
    given = "from outside import low\n\n\nclass Kind: ...\n\n\ndef give() -> low.Kind: ...\n"
    assert signature_types({**PYTHON, "w.py": given}, "main.py", range(3, 5)) == set()
