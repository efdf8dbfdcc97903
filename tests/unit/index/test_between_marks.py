"""A block for a whole file that has marks in place of other definitions."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

TSX = """\
import React from "react";

export function A() {
  return <div>{"a"}</div>;
}

export const B = () => <A />;

function last() {
  return 1;
}
"""
GO = """\
package m

import "os"

func A() int {
	return 1
}

func B() int {
	x := 1
	return x
}
"""


def read(text: str, language: str, code: str, form: str) -> Reading:
    view = View("file:///a", text, Policy(), language=language)
    region = Region(view, range(len(view.index)))
    return all_edit_formats()[form].read(f"```\n{code}```\n", region)


@pytest.mark.parametrize("form", ["region", "whole_file"])
@pytest.mark.parametrize(
    ("text", "language", "code", "changes"),
    [
        (
            TSX,
            "typescriptreact",
            '// ...\nexport const B = () => <A key="b" />;\n',
            [("<A />", '<A key="b" />')],
        ),
        (
            TSX,
            "typescriptreact",
            'import React, { useState } from "react";\n\n// ... existing code ...\n\n'
            "export const B = () => <A key={useState(1)[0]} />;\n\n// ... rest of the file ...\n",
            [
                ("import React from", "import React, { useState } from"),
                ("<A />", "<A key={useState(1)[0]} />"),
            ],
        ),
        (
            GO,
            "go",
            "// ... existing code ...\n\nfunc B() int {\n\tx := 2\n\treturn x\n}\n",
            [("x := 1", "x := 2")],
        ),
    ],
)
def test_each_definition_between_marks_comes_in_its_place(
    text: str, language: str, code: str, changes: list[tuple[str, str]], form: str
) -> None:
    reading = read(text, language, code, form)
    for old, new in changes:
        text = text.replace(old, new)
    assert reading.after == text
    assert reading.risk == "low"


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        (GO, "go", "// ...\n\nfunc C() int {\n\treturn 2\n}\n"),
        (GO, "go", "func B() int {\n// ... existing code ...\n\treturn x + 1\n}\n// ...\n"),
        (GO, "go", "// ...\nfunc B() int {\n\tx := 2\n// ...\n}\n"),
        (GO, "go", "// ...\n\nvar other = 3\n"),
        (TSX + "function A() {}\n", "typescriptreact", "// ...\nfunction A() {\n  return 2;\n}\n"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, language: str, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text, language, code, "whole_file")
    assert caught.value.refusal is Refusal.ELIDED


def test_a_definition_between_marks_is_not_cut_off_unseen() -> None:
    reading = read(GO, "go", "// ...\n\nfunc B() int {\n\tx := 1\n}\n", "whole_file")
    assert reading.risk == "high"
