"""A diagnostic of a Go, a TypeScript and a Rust file is fixed from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.e2e.editor import Buffer, Editor, initialize_params

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.near_server import NearServer


class Case(NamedTuple):
    """A document, what another server says about a word of it, and what becomes of it."""

    name: str
    language: str
    text: str
    word: str
    source: str
    code: str
    message: str
    after: str


CASES = [
    Case(
        "main.go",
        "go",
        'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n// π😀\nfunc main() {\n\tfmt.Println(1)\n}\n',
        '"os"',
        "compiler",
        "UnusedImport",
        '"os" imported and not used',
        'package main\n\nimport (\n\t"fmt"\n)\n\n// π😀\nfunc main() {\n\tfmt.Println(1)\n}\n',
    ),
    Case(
        "app.ts",
        "typescript",
        'import { a, b } from "./other";\n\n// π😀\nexport const c: number = a;\n',
        "b }",
        "ts",
        "6133",
        "'b' is declared but its value is never read.",
        'import { a } from "./other";\n\n// π😀\nexport const c: number = a;\n',
    ),
    Case(
        "lib.rs",
        "rust",
        "// π😀\npub fn f(total: i32) -> i32 {\n    let unused = 1;\n    total\n}\n",
        "unused",
        "rustc",
        "unused_variables",
        "unused variable: `unused`",
        "// π😀\npub fn f(total: i32) -> i32 {\n    let _unused = 1;\n    total\n}\n",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.language)
def test_a_diagnostic_of_another_language_is_fixed_from_the_menu(
    case: Case, near: NearServer, workspace: Path
) -> None:
    near.wire.request("initialize", initialize_params("vscode", workspace))
    near.wire.notify("initialized", {})
    editor = Editor(near, (workspace / case.name).as_uri(), Buffer(case.text, "utf-16"))
    editor.open(case.language)
    editor.wire.answers["window/showDocument"] = lambda _: {"success": True}
    diagnostic = {
        "range": editor.here(case.word),
        "message": case.message,
        "source": case.source,
        "code": case.code,
        "severity": 2,
    }
    (first, *_) = editor.actions(case.word, diagnostics=[diagnostic])
    assert first["title"] == f"Understudy: Fix: {case.message}"
    editor.run(first)
    editor.wire.wait_for("workspace/applyEdit")
    assert editor.buffer.text == case.after
