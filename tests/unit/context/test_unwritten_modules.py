from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.context.unwritten_modules import without_unwritten
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic, Severity
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from pathlib import Path

NEW = "import os\nfrom a import b as c\n\nONE, (TWO, *_) = 1, (2,)\nif ONE:\n    def f(): ...\nclass K: ...\n"


def left(root: Path, line: str, *, name: str = "pkg/new.py", code: str = "") -> int:
    """How many findings are left of one about an import, beside a file that is only open."""
    path = root / "pkg" / "main.py"
    new = root / name
    beside = (OpenDocument(new.as_uri(), new, "python", 1, NEW),)
    view = View(path.as_uri(), f"{line}\n", Policy(), path=path, root=root, beside=beside)
    finding = Diagnostic(
        "basedpyright", code or "reportMissingImports", "no", Span(0, len(line)), Severity.ERROR
    )
    return len(without_unwritten((finding,), view))


@pytest.mark.parametrize(
    "line",
    [
        "from pkg.new import f",
        "from pkg.new import ONE, TWO, K, os, c",
        "from pkg.new import *",
        "from .new import f as g",
        "from . import new",
        "from pkg import new",
        "import pkg.new",
        "import new",
    ],
)
def test_a_module_that_is_only_open_is_there(line: str, tmp_path: Path) -> None:
    assert left(tmp_path, line) == 0
    assert left(tmp_path, line, code="reportOptionalMemberAccess") == 1


@pytest.mark.parametrize(
    "line",
    [
        "from pkg.new import g",
        "from pkg.new import f, g",
        "from .old import f",
        "from ..new import f",
        "import pkg.old",
        "from . import old",
        "x = (",
        "x = 1",
    ],
)
def test_what_is_not_there_stays_a_finding(line: str, tmp_path: Path) -> None:
    assert left(tmp_path, line) == 1


def test_packages_and_modules_below_src_are_found(tmp_path: Path) -> None:
    assert left(tmp_path, "from pkg.new import f", name="pkg/new/__init__.py") == 0
    assert left(tmp_path, "from other.new import f", name="src/other/new.py") == 0


def test_a_module_on_the_disk_is_the_tools_own_matter(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "new.py").write_text(NEW, "utf-8")
    assert left(tmp_path, "from pkg.new import f") == 1
