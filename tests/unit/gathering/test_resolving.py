"""Imports to files, language by language, by the rules that each language has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.small_index import SmallIndex
from understudy.core.lines import LineIndex
from understudy.gathering.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def sources_for(files: Mapping[str, str], path: str) -> Sources:
    index = SmallIndex(files)
    facts = index.facts(path)
    assert facts is not None
    return Sources(index, None, facts, LineIndex(files[path]))


def resolved(files: Mapping[str, str], path: str, module: str) -> tuple[str, ...]:
    return sources_for(files, path).files(path, module)


def empty(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


PYTHON = empty(
    "app/__init__.py", "app/a.py", "app/sub/__init__.py", "app/sub/b.py", "app/sub/c.py",
    "src/other/__init__.py", "src/other/x.py", "src/other/x.pyi", "tools/script.py",
    "tools/near.py", "deep/down/pkg/__init__.py", "deep/down/pkg/m.py",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "module", "wanted"),
    [
        ("app/sub/b.py", ".c", ("app/sub/c.py",)),
        ("app/sub/b.py", "..a", ("app/a.py",)),
        ("app/sub/b.py", ".", ("app/sub/__init__.py",)),
        ("app/sub/b.py", "app.a", ("app/a.py",)),
        ("app/a.py", "app.sub", ("app/sub/__init__.py",)),
        ("app/a.py", "other.x", ("src/other/x.py", "src/other/x.pyi")),
        ("tools/script.py", "near", ("tools/near.py",)),
        ("app/a.py", "pkg.m", ("deep/down/pkg/m.py",)),
        ("app/a.py", "json", ()),
        ("app/a.py", "nowhere", ()),
        ("app/a.py", "....far", ()),
    ],
)
def test_a_python_import_is_found(path: str, module: str, wanted: tuple[str, ...]) -> None:
    assert resolved(PYTHON, path, module) == wanted


def test_a_python_module_inside_of_a_package_is_not_found_by_its_last_name() -> None:
    files = empty("app/__init__.py", "app/requests.py", "main.py")
    assert resolved(files, "main.py", "requests") == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["code"]\n'),
        ("pyproject.toml", '[tool.poetry]\npackages = [{include = "app", from = "code"}]\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel]\npackages = ["code/app"]\n'),
        ("setup.cfg", "[options]\npackage_dir =\n    =code\n"),
    ],
)
def test_a_python_root_may_be_told_by_the_build_tool(name: str, text: str) -> None:
    files = {name: text, "code/app.py": "", "tests/__init__.py": "", "tests/test_a.py": ""}
    assert resolved(files, "tests/test_a.py", "app") == ("code/app.py",)


TYPESCRIPT = empty(
    "src/a.ts", "src/b.tsx", "src/dir/index.ts", "src/types/index.d.ts", "src/js.js", "src/js.d.ts",
    "src/m.mts", "packages/core/src/index.ts", "packages/core/src/util.ts", "shared/log.ts",
    "app/main.ts",
)  # fmt: skip
TYPESCRIPT |= {
    "tsconfig.base.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["src/*"]}}}',
    "src/tsconfig.json": '{ // with a comment\n "extends": "../tsconfig.base", }',
    "app/tsconfig.json": '{"references": [{"path": "./tsconfig.app.json"}]}',
    "app/tsconfig.app.json": '{"compilerOptions": {"paths": {"@shared/*": ["../shared/*"]}}}',
    "packages/core/package.json": (
        '{"name": "@my/core", "main": "dist/index.js",'
        ' "exports": {".": {"types": "./dist/index.d.ts"}, "./*": "./dist/*.js"},'
        ' "imports": {"#own/*": "./src/*.ts"}}'
    ),
}


@pytest.mark.parametrize(
    ("path", "module", "wanted"),
    [
        ("src/a.ts", "./b", ("src/b.tsx",)),
        ("src/a.ts", "./a.js", ("src/a.ts",)),
        ("src/a.ts", "./m.mjs", ("src/m.mts",)),
        ("src/a.ts", "./dir", ("src/dir/index.ts",)),
        ("src/a.ts", "./types", ("src/types/index.d.ts",)),
        ("src/dir/index.ts", "..", ()),
        ("src/dir/index.ts", "../a", ("src/a.ts",)),
        ("src/a.ts", "./js", ("src/js.d.ts",)),
        ("src/a.ts", "~/dir", ("src/dir/index.ts",)),
        ("app/main.ts", "@shared/log", ("shared/log.ts",)),
        ("app/main.ts", "@my/core", ("packages/core/src/index.ts",)),
        ("app/main.ts", "@my/core/util", ("packages/core/src/util.ts",)),
        ("packages/core/src/index.ts", "#own/util", ("packages/core/src/util.ts",)),
        ("src/a.ts", "react", ()),
        ("src/a.ts", "../../../out", ()),
    ],
)
def test_a_typescript_import_is_found(path: str, module: str, wanted: tuple[str, ...]) -> None:
    assert resolved(TYPESCRIPT, path, module) == wanted


def test_go_packages_are_folders_of_modules() -> None:
    files = {
        "go.work": "use ./server\n",
        "server/go.mod": "module example.org/server\n\nreplace example.org/lib => ../lib\n",
        "lib/go.mod": "module example.org/lib\n",
        "server/main.go": "package main\n",
        "server/other.go": "package main\n",
        "server/store/store.go": "package store\n",
        "server/store/store_test.go": "package store\n",
        "lib/deep/d.go": "package deep\n",
    }
    found = sources_for(files, "server/main.go")
    assert found.files("server/main.go", "example.org/server/store") == ("server/store/store.go",)
    assert found.files("server/main.go", "example.org/lib/deep") == ("lib/deep/d.go",)
    assert found.files("server/main.go", "fmt") == ()
    assert found.beside("server/main.go") == ("server/other.go",)


def test_rust_modules_are_files_of_crates() -> None:
    files = {
        "Cargo.toml": '[workspace]\nmembers = ["core", "app"]\n',
        "core/Cargo.toml": '[package]\nname = "my-core"\n',
        "app/Cargo.toml": '[package]\nname = "app"\n',
        **empty(
            "core/src/lib.rs", "core/src/text.rs", "core/src/text/lines.rs", "core/src/io/mod.rs",
            "app/src/main.rs", "app/src/run.rs",
        ),
    }  # fmt: skip
    found = sources_for(files, "core/src/text/lines.rs")
    at = "core/src/text/lines.rs"
    assert found.files(at, "crate::io") == ("core/src/io/mod.rs",)
    assert found.files(at, "super") == ("core/src/text.rs",)
    assert found.files(at, "super::super::io") == ("core/src/io/mod.rs",)
    assert found.files(at, "self") == (at,)
    assert found.files("core/src/lib.rs", "text::lines") == (at,)
    assert found.files("app/src/run.rs", "my_core::text") == ("core/src/text.rs",)
    assert found.files("app/src/run.rs", "crate") == ("app/src/main.rs",)
    assert found.inner("core/src/lib.rs", "crate", "io") == ("core/src/io/mod.rs",)


def test_java_classes_are_found_by_package_and_name() -> None:
    files = {
        "a/src/p/q/A.java": "package p.q;\nclass A {}\n",
        "a/src/p/q/B.java": "package p.q;\nclass B {}\n",
        "b/src/p/r/C.java": "package p.r;\nclass C { static class D {} }\n",
    }
    found = sources_for(files, "a/src/p/q/A.java")
    at = "a/src/p/q/A.java"
    assert found.beside(at) == ("a/src/p/q/B.java",)
    assert found.files(at, "p.r") == ("b/src/p/r/C.java",)
    assert found.files(at, "p.r.C") == ("b/src/p/r/C.java",)
    assert found.files(at, "p.r.C.D") == ("b/src/p/r/C.java",)
    assert found.inner(at, "p.r", "C") == ("b/src/p/r/C.java",)


def test_headers_are_found_by_folder_option_or_unique_name() -> None:
    files = {
        "compile_commands.json": (
            '[{"directory": ".", "file": "src/a.c", "arguments": ["cc", "-Iapi", "src/a.c"]}]'
        ),
        **empty("src/a.c", "src/a.h", "api/pub.h", "lib/include/x/y.h", "odd/only.h"),
        **empty("one/twice.h", "two/twice.h"),
    }
    found = sources_for(files, "src/a.c")
    assert found.files("src/a.c", "a.h") == ("src/a.h",)
    assert found.files("src/a.c", "pub.h") == ("api/pub.h",)
    assert found.files("src/a.c", "x/y.h") == ("lib/include/x/y.h",)
    assert found.files("src/a.c", "only.h") == ("odd/only.h",)
    assert found.files("src/a.c", "twice.h") == ()
    assert found.beside("src/a.c") == ("src/a.h",)
    assert found.beside("src/a.h") == ("src/a.c",)


def test_settings_are_read_again_when_they_change(tmp_path: Path) -> None:
    files = {
        "setup.cfg": "",
        "x/p/__init__.py": "",
        "x/p/m.py": "",
        "a/__init__.py": "",
        "a/b.py": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    def roots() -> object:
        index = SmallIndex({name: (tmp_path / name).read_text() for name in files})
        facts = index.facts("a/b.py")
        assert facts is not None
        sources = Sources(index, tmp_path, facts, LineIndex(""))
        resolver = sources.resolver("a/b.py")
        assert resolver is not None
        return sources._here("a/b.py", resolver).layout

    before = roots()
    (tmp_path / "setup.cfg").write_text("[options.packages.find]\nwhere = x\n")
    assert "x" not in tuple(before)  # type: ignore[arg-type]  # a layout is the resolver's own
    assert "x" in tuple(roots())  # type: ignore[arg-type]  # a layout is the resolver's own
