"""Names that are reached by the path of their module, without being imported."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import needed

A = (
    "pub fn free_fn(n: u8) {}\n\npub struct St;\n\nimpl St {\n    pub fn new() -> St { St }\n"
    "    pub fn go(&self) {}\n}\n"
)
FREE, NEW = ("src/a.rs", "free_fn"), ("src/a.rs", "new")
RUST = {
    "Cargo.toml": '[package]\nname = "shop"\n',
    "src/lib.rs": "pub mod a;\npub mod b;\npub mod deep;\npub fn at_root() {}\n",
    "src/a.rs": A,
    "src/deep/mod.rs": "pub mod low;\npub fn middle() {}\npub mod inline {\n    pub fn within() {}\n}\n",
    "src/deep/low.rs": "pub fn bottom() {}\n",
}
ROOT, MIDDLE, BOTTOM = (
    ("src/lib.rs", "at_root"),
    ("src/deep/mod.rs", "middle"),
    ("src/deep/low.rs", "bottom"),
)
WITHIN = ("src/deep/mod.rs", "inline")


@pytest.mark.parametrize(
    ("used", "wanted"),
    [
        ("crate::a::free_fn(1);", FREE),
        ("super::a::free_fn(1);", FREE),
        ("let s = crate::a::St::new();", NEW),
        ("let s = super::a::St::new(); s.go();", ("src/a.rs", "go")),
        ('println!("{}", crate::a::free_fn(1));', FREE),
        ("use crate::a; a::free_fn(1);", FREE),
        ("use super::a as other; other::free_fn(1);", FREE),
        ("use crate::a::{self, St}; a::free_fn(1);", FREE),
        ("crate::at_root();", ROOT),
        ("super::at_root();", ROOT),
        ("crate::deep::middle();", MIDDLE),
        ("crate::deep::low::bottom();", BOTTOM),
        ("use crate::deep; deep::low::bottom();", BOTTOM),
        ("use crate::deep::low; low::bottom();", BOTTOM),
        ("crate::deep::inline::within();", WITHIN),
        ("let x: crate::a::St = todo!();", ("src/a.rs", "St")),
        ("let f = crate::a::free_fn;", FREE),
        ("shop::a::free_fn(1);", FREE),
        ("::shop::a::free_fn(1);", FREE),
    ],
)
def test_a_path_of_rust_leads_to_the_file_of_its_module(used: str, wanted: tuple[str, str]) -> None:
    imported, _, rest = used.rpartition("; ") if used.startswith("use ") else ("", "", used)
    text = f"{imported}{';' if imported else ''}\nfn run() {{\n    {rest}\n}}\n"
    assert wanted in needed({**RUST, "src/b.rs": text}, "src/b.rs", range(1, 4))


@pytest.mark.parametrize(
    ("used", "wanted"),
    [
        ("a::free_fn(1);", FREE),
        ("self::a::free_fn(1);", FREE),
        ("crate::a::free_fn(1);", FREE),
        ("let s = a::St::new();", NEW),
        ("deep::low::bottom();", BOTTOM),
        ("deep::middle();", MIDDLE),
        ("deep::inline::within();", WITHIN),
    ],
)
@pytest.mark.parametrize("root", ["src/lib.rs", "src/main.rs"])
def test_what_a_crates_root_declares_is_reached_by_its_name(
    root: str, used: str, wanted: tuple[str, str]
) -> None:
    files = {**RUST, root: f"mod a;\nmod deep;\n\nfn main() {{\n    {used}\n}}\n"}
    assert wanted in needed(files, root, range(3, 6))


def test_super_climbs_as_often_as_it_is_written() -> None:
    files = {
        **RUST,
        "src/deep/low.rs": "fn f() {\n    super::super::at_root();\n    super::middle();\n}\n",
    }
    assert needed(files, "src/deep/low.rs") >= {ROOT, MIDDLE}


def test_super_within_a_module_of_the_same_file_is_that_file() -> None:
    text = "mod a;\n\nmod tests {\n    fn t() {\n        super::a::free_fn(1);\n    }\n}\n"
    assert FREE in needed({**RUST, "src/lib.rs": text}, "src/lib.rs", range(3, 6))


@pytest.mark.parametrize(
    "inner",
    [
        "mod tests {\n    fn t() {\n        super::super::a::free_fn(1);\n    }\n}\n",
        "mod tests {\n    use super::super::a;\n    fn t() {\n        a::free_fn(1);\n    }\n}\n",
        "mod tests {\n    use super::super::a::free_fn;\n    fn t() {\n        free_fn(1);\n    }\n}\n",
        "mod one {\n  mod two {\n    fn t() {\n      super::super::super::a::free_fn(1);\n    }\n  }\n}\n",
        "mod one {\n  mod two {\n    use super::super::super::a;\n    fn t() { a::free_fn(1); }\n  }\n}\n",
        "use crate::a;\nmod tests {\n    use super::a;\n    fn t() {\n        a::free_fn(1);\n    }\n}\n",
    ],
)  # fmt: skip
def test_super_climbs_out_of_the_modules_of_a_file_first(inner: str) -> None:
    assert FREE in needed({**RUST, "src/b.rs": inner}, "src/b.rs")


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("src/bin/tool/main.rs", "src/bin/tool/helper.rs"),
        ("src/bin/tool/deep.rs", "src/bin/tool/helper.rs"),
        ("src/bin/one.rs", "src/bin/helper.rs"),
        ("tests/all.rs", "tests/helper.rs"),
    ],
)
def test_the_crate_of_a_program_or_test_is_its_own(path: str, module: str) -> None:
    files = {
        **RUST,
        "src/bin/tool/main.rs": "mod helper;\nmod deep;\n",
        "src/helper.rs": "pub fn help() {}\n",
        module: "pub fn help() {}\n",
        path: "mod helper;\n\nfn main() {\n    crate::helper::help();\n}\n",
    }
    assert needed(files, path, range(2, 5)) == {(module, "help")}


@pytest.mark.parametrize("root", ["lib.rs", "main.rs"])
def test_without_a_manifest_a_crate_begins_at_the_nearest_root(root: str) -> None:
    files = {f"x/{root}": "mod a;\nmod b;\n", "x/a.rs": A, "a.rs": A}
    files["x/b.rs"] = "fn f() {\n    crate::a::free_fn(1);\n}\n"
    assert needed(files, "x/b.rs") == {("x/a.rs", "free_fn")}
    files[f"x/{root}"] += "\nfn main() {\n    crate::a::free_fn(1);\n}\n"
    assert needed(files, f"x/{root}", range(3, 6)) == {("x/a.rs", "free_fn")}


@pytest.mark.parametrize(
    ("path", "used"),
    [
        ("src/lib.rs", "odd::oddly();"),
        ("src/lib.rs", "crate::odd::oddly();"),
        ("src/b.rs", "crate::odd::oddly();"),
        ("src/b.rs", "use crate::odd; odd::oddly();"),
    ],
)
@pytest.mark.parametrize("told", ["odd_name.rs", "some/where.rs", "../shared.rs"])
def test_a_module_may_be_a_file_of_any_name(path: str, used: str, told: str) -> None:
    where = {"../shared.rs": "shared.rs"}.get(told, f"src/{told}")
    root = f'#[path = "{told}"]\npub mod odd;\npub mod b;\n'
    body = f"fn run() {{\n    {used}\n}}\n"
    files = {"Cargo.toml": '[package]\nname = "shop"\n', where: "pub fn oddly() {}\n"}
    files |= {"src/lib.rs": root, "src/b.rs": ""}
    files[path] += body
    start = files[path].count("\n") - 3
    assert needed(files, path, range(start, start + 3)) == {(where, "oddly")}


def test_a_module_in_a_folder_declares_others_beside_it() -> None:
    files = {**RUST, "src/deep/mod.rs": "mod low;\n\nfn f() {\n    low::bottom();\n}\n"}
    assert BOTTOM in needed(files, "src/deep/mod.rs", range(2, 5))


def test_the_tests_of_a_crate_use_it_by_its_name_and_their_own_modules() -> None:
    files = {
        **RUST,
        "tests/common/mod.rs": "pub fn set_up() {}\n",
        "tests/all.rs": "mod common;\n\nfn t() {\n    common::set_up();\n    shop::a::free_fn(1);\n}\n",
    }
    assert needed(files, "tests/all.rs", range(2, 6)) >= {("tests/common/mod.rs", "set_up"), FREE}


def test_other_crates_of_a_workspace_are_reached_by_their_names() -> None:
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["my-core", "app"]\n',
        "my-core/Cargo.toml": '[package]\nname = "my-core"\n',
        "my-core/src/lib.rs": "pub mod text;\npub fn begin() {}\n",
        "my-core/src/text.rs": "pub struct Line;\nimpl Line {\n    pub fn new() -> Line { Line }\n}\n",
        "app/Cargo.toml": '[package]\nname = "app"\n',
        "app/src/main.rs": "fn main() {\n    my_core::begin();\n    my_core::text::Line::new();\n}\n",
    }
    assert needed(files, "app/src/main.rs") >= {
        ("my-core/src/lib.rs", "begin"),
        ("my-core/src/text.rs", "new"),
    }


def test_a_crate_is_reached_by_the_name_that_a_manifest_gives_it() -> None:
    files = {
        "my-core/Cargo.toml": '[package]\nname = "my-core"\n',
        "my-core/src/lib.rs": "pub fn begin() {}\n",
        "app/Cargo.toml": (
            '[package]\nname = "app"\n[dependencies]\n'
            'short-core = { path = "../my-core", package = "my-core" }\n'
        ),
        "app/src/main.rs": "use short_core::begin;\n\nfn main() {\n    begin();\n}\n",
        "app/src/b.rs": "fn f() {\n    short_core::begin();\n}\n",
    }
    for path in ("app/src/main.rs", "app/src/b.rs"):
        assert needed(files, path) == {("my-core/src/lib.rs", "begin")}


def test_a_module_outside_of_the_workspace_is_nothing_that_is_needed() -> None:
    text = "mod gone;\n\nfn run() {\n    gone::free_fn(1);\n    std::a::free_fn(2);\n}\n"
    assert needed({**RUST, "src/b.rs": text}, "src/b.rs", range(2, 6)) == set()


@pytest.mark.parametrize(
    ("files", "path", "wanted"),
    [
        (
            {
                "p/q/Rate.java": "package p.q;\npublic class Rate {\n  public static int of() { return 1; }\n}\n",
                "p/q/Other.java": "package p.q;\npublic class Other {\n  public static int of() { return 1; }\n}\n",
                "p/r/Bill.java": "package p.r;\nclass Bill {\n  int bill() { return p.q.Rate.of(); }\n}\n",
            },
            "p/r/Bill.java",
            ("p/q/Rate.java", "Rate"),
        ),
        (
            {
                "rate.hpp": "namespace shop {\nstruct Rate { static int of(); };\nint twice(int x);\n}\n",
                "all.hpp": '#include "rate.hpp"\n',
                "bill.cpp": '#include "all.hpp"\n\nint bill() {\n  return ::shop::twice(shop::Rate::of());\n}\n',
            },
            "bill.cpp",
            ("rate.hpp", "twice"),
        ),
        (
            {
                "go.mod": "module example.org/shop\n",
                "rate.go": "package shop\n\ntype Rate struct{}\n\nfunc (r Rate) Of() int { return 1 }\n",
                "bill.go": "package shop\n\nfunc bill() int {\n\treturn Rate{}.Of()\n}\n",
            },
            "bill.go",
            ("rate.go", "Of"),
        ),
        (
            {
                "p/__init__.py": "",
                "p/low.py": "def make(): ...\n",
                "main.py": "import p.low\n\n\ndef run():\n    return p.low.make()\n",
            },
            "main.py",
            ("p/low.py", "make"),
        ),
        (
            {
                "rate.ts": "export namespace deep {\n  export function make() {}\n}\n",
                "main.ts": "import * as rate from './rate'\n\nfunction run() {\n  rate.deep.make()\n}\n",
            },
            "main.ts",
            ("rate.ts", "make"),
        ),
    ],
)  # fmt: skip
def test_a_qualified_name_is_followed(
    files: dict[str, str], path: str, wanted: tuple[str, str]
) -> None:
    lines = range(2, files[path].count("\n"))
    assert wanted in needed(files, path, lines)
