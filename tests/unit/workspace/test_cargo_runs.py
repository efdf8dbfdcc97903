"""What runs while a package is checked, told by manifests and sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import UnavailableError
from understudy.workspace.cargo_manifest import is_plain, is_proc_macro
from understudy.workspace.cargo_runs import runs_while_checked
from understudy.workspace.rust_mentions import mentions, quick_mentions

PACKAGE = '[package]\nname = "{}"\nversion = "0.1.0"\nedition = "2021"\n'


def put(root: Path, files: dict[str, str]) -> Path:
    for name, text in {"src/lib.rs": "", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def running(root: Path, package: str = ".") -> set[str]:
    return set(runs_while_checked(root, root / package, ()).files)


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("mod deep;", "deep.rs"),
        ("mod/**/deep /* x */;", "deep/mod.rs"),
        ("mod r#deep;", "deep.rs"),
        ("mod a { mod deep; }", "a/deep.rs"),
        ('#[path = "x/y.rs"] mod deep;', "x/y.rs"),
        ('#[path = r#"x/y.rs"#] mod deep;', "x/y.rs"),
        ('#[cfg_attr(unix, path = "../x/y.rs")] mod deep;', "x/y.rs"),
        ('#[path = "x"] mod a { mod deep; }', "x/deep.rs"),
        ('include!("x/y.in");', "x/y.in"),
        ('include! { concat!(env!("CARGO_MANIFEST_DIR"), "/x", "/y.rs") }', "x/y.rs"),
        ("macro_rules! m { ($n:ident) => { mod $n; } } m!(deep);", "any/where.rs"),
        ('fn main() { run("src/tool/main.rs"); }', "src/tool/main.rs"),
    ],
)
def test_a_build_script_runs_all_that_it_takes_in(script: str, found: str, tmp_path: Path) -> None:
    root = put(
        tmp_path,
        {"Cargo.toml": PACKAGE.format("a"), "build.rs": f"mod first;\n{script}", found: "mod more;"}
        | {"first.rs": "", "src/more.rs": ""},
    )
    beside = f"{Path(found).parent.as_posix()}/more.rs".removeprefix("./")
    put(root, {beside: ""})
    assert running(root) >= {"build.rs", "first.rs", found, beside}
    assert ("src/lib.rs" in running(root)) == ("$" in script)


@pytest.mark.parametrize(
    "script",
    [
        'include!(env!("X"));',
        'include!(concat!(env!("X"), "x.rs"));',
        r'#[path = "d\x65ep.rs"] mod a;',
        '#[path = concat!("a", "b")] mod a;',
        "#[path = $x] mod a;",
        'include!("a',
        'include!("..");',
    ],
)
def test_what_a_build_script_takes_in_without_a_name_makes_it_unknown(
    script: str, tmp_path: Path
) -> None:
    root = put(tmp_path, {"Cargo.toml": PACKAGE.format("a"), "build.rs": script})
    with pytest.raises(UnavailableError, match="can't be told"):
        running(root)


def test_comments_and_texts_take_nothing_in(tmp_path: Path) -> None:
    script = (
        '// mod a;\n/* mod b; /* */ mod c; */ const S: &str = r"mod d;"; const C: char = \'"\';'
    )
    files = dict.fromkeys(("a.rs", "b.rs", "c.rs", "d.rs"), "")
    root = put(tmp_path, {"Cargo.toml": PACKAGE.format("a"), "build.rs": script, **files})
    assert running(root) == {"build.rs"}


MEMBERS = {
    "Cargo.toml": '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\nm = { path = "m" }\n',
    "m/Cargo.toml": PACKAGE.format("m")
    + '[lib]\nproc-macro = true\n[dependencies]\nn = { path = "../n" }\n',
    "m/src/lib.rs": '#[path = "../../shared/s.rs"] mod s;',
    "shared/s.rs": "",
    "n/Cargo.toml": PACKAGE.format("n") + '[dependencies]\no = { path = "../o" }\n',
    "n/src/lib.rs": "",
    "o/Cargo.toml": PACKAGE.format("o"),
    "o/src/lib.rs": "",
    "p/Cargo.toml": PACKAGE.format("p"),
    "p/src/lib.rs": "",
}
MACRO = {f"{each}/{name}" for each in "mno" for name in ("cargo.toml", "src/lib.rs")}


@pytest.mark.parametrize(
    "table",
    [
        'dependencies]\nm = { path = "../m" }',
        'dependencies.x]\npath = "..//./m/"\npackage = "m"',
        "dependencies]\nm.workspace = true",
        'dev-dependencies]\nm = { path = "../M" }',
        'dev_dependencies]\nm = { path = "../m" }',
        "target.'cfg(unix)'.dependencies]\nm = { path = \"../m\" }",
        'build-dependencies]\nm = { path = "../m" }',
    ],
)
def test_a_macro_runs_with_all_that_it_is_built_from(table: str, tmp_path: Path) -> None:
    root = put(tmp_path, MEMBERS | {"q/Cargo.toml": f"{PACKAGE.format('q')}[{table}\n"})
    assert running(root, "q") == MACRO | {"shared/s.rs"}


def test_what_only_others_run_does_not_count(tmp_path: Path) -> None:
    root = put(tmp_path, MEMBERS)
    assert running(root, "m") == running(root, "n") == running(root, "p") == set()


def test_what_a_build_script_depends_on_runs(tmp_path: Path) -> None:
    manifest = PACKAGE.format("q") + '[build-dependencies]\nn = { path = "../n" }\n'
    root = put(tmp_path, MEMBERS | {"q/Cargo.toml": manifest, "q/build.rs": ""})
    assert running(root, "q") >= {"q/build.rs", "n/src/lib.rs", "o/src/lib.rs"}
    user = PACKAGE.format("r") + '[dependencies]\nq = { path = "../q" }\n'
    put(root, {"r/Cargo.toml": user})
    assert "o/src/lib.rs" in running(root, "r")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Cargo.toml", '[workspace]\nmembers = ["*"]\n[patch.crates-io]\nz = { path = "n" }\n'),
        ("Cargo.toml", '[workspace]\nmembers = ["*"]\n[replace]\n"z:1" = { path = "n" }\n'),
        (".cargo/config.toml", '[patch.crates-io]\nz = { path = "n" }\n'),
        (".cargo/config", 'paths = ["n"]\n'),
        (".cargo/config.toml", '[source.x]\ndirectory = "."\n'),
    ],
)
def test_what_stands_in_for_a_package_from_elsewhere_may_run(
    name: str, text: str, tmp_path: Path
) -> None:
    root = put(tmp_path, MEMBERS | {name: text, "q/Cargo.toml": PACKAGE.format("q")})
    if "directory" in text:
        with pytest.raises(UnavailableError, match="part of a build script or macro"):
            running(root, "q")
    else:
        assert running(root, "q") >= {"n/src/lib.rs", "o/src/lib.rs"}
        with pytest.raises(UnavailableError, match="part of a build script or macro"):
            running(root, "n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q/Cargo.toml", "["),
        ("q/Cargo.toml", '[workspace]\nmembers = ["x"]\n'),
        ("q/Cargo.toml", PACKAGE.format("q") + "build = { new = 1 }\n"),
        ("q/Cargo.toml", "dependencies = 1\n" + PACKAGE.format("q")),
        ("q/Cargo.toml", PACKAGE.format("q") + "[dependencies]\nm = 1\n"),
        ("q/Cargo.toml", PACKAGE.format("q") + "[dependencies]\nm = { path = 1 }\n"),
        ("q/.cargo/config.toml", 'include = "x.toml"\n'),
        ("q/.cargo/config.toml", "["),
    ],
)
def test_what_can_not_be_read_makes_it_unknown(name: str, text: str, tmp_path: Path) -> None:
    root = put(tmp_path, MEMBERS | {"q/Cargo.toml": PACKAGE.format("q"), name: text})
    with pytest.raises(UnavailableError, match="can't be told"):
        running(root, "q")


_VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=4) | st.just("../n"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["package", "lib", "bin", "profile", "workspace", "members", "path", "build"]
            )
            | st.sampled_from(["dependencies", "target", "patch", "proc-macro", "crate-type"]),
            inner,
            max_size=4,
        )
    ),
)


@given(st.dictionaries(st.sampled_from(["package", "lib", "bin", "profile", "workspace"]), _VALUES))
def test_manifests_of_any_shape_are_read(manifest: dict[str, object]) -> None:
    is_proc_macro(manifest)
    if is_plain(manifest):
        assert "build.rs" not in str(manifest)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                *"\"#[]{}()!$=;,/*\\'",
                'r#"',
                "mod ",
                "path",
                "include",
                "x.rs",
                "/*",
                "*/",
                "//",
                "\n",
            ]
        )
    ).map("".join)
)
def test_any_text_is_read_as_a_source(text: str) -> None:
    found = mentions(text)
    quick = quick_mentions(text)
    assert quick.modules >= found.modules
    assert (quick.files, quick.is_open) == (found.files, found.is_open)
    assert all(".." not in one.split("/") for one in found.files | found.named)
