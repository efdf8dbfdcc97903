"""A class in a file, and patches of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region
from understudy.edit_formats.apply_patch import EDIT_FORMAT
from understudy.reading import UnreadableError
from understudy.workspace.view import View

ROOT = Path("/shop")
TEXT = """\
import os


class Circle:
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        # the usual formula
        return 3 * self.radius

    def name(self):
        return "circle"


class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        # the usual formula
        return 3 * self.side

    def name(self):
        return "square"
"""
EXPECTED = TEXT.replace("3 * self.radius", "3.14 * self.radius ** 2")
HUNK = """\
     def area(self):
         # the usual formula
-        return 3 * self.radius
+        return 3.14 * self.radius ** 2

     def name(self):
"""
UNSIGNED = "\n".join(
    line.removeprefix(" ") if line.startswith(" ") else line for line in HUNK.split("\n")
)


def view(text: str = TEXT, path: str | None = "src/shapes.py") -> View:
    if path is None:
        return View("untitled:Untitled-1", text, Policy())
    return View(f"file:///shop/{path}", text, Policy(), path=ROOT / path, root=ROOT)


def region(
    text: str = TEXT, path: str | None = "src/shapes.py", *, may_create: bool = False
) -> Region:
    own = view(text, path)
    others = {
        "src/app.py": view("import shapes\n", "src/app.py"),
        "lib/util.py": view("x = 1\n", "lib/util.py"),
    }
    return Region(own, range(len(own.index)), others if path else {}, may_create=may_create)


def patch(body: str = HUNK, path: str = "src/shapes.py") -> str:
    return f"*** Begin Patch\n*** Update File: {path}\n@@\n{body}*** End Patch\n"


def read(reply: str, where: Region | None = None) -> Reading:
    return EDIT_FORMAT.read(reply, where or region())


def after(reply: str, where: Region | None = None) -> str:
    return read(reply, where).after


def refused(reply: str, where: Region | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        EDIT_FORMAT.read(reply, where or region())
    assert caught.value.teaching
    return caught.value
