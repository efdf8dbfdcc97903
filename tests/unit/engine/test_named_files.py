"""Files that an instruction names: those that are read, those that go, and those that nobody can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.core.failures import RefusedError
from understudy.engine.named_files import named_files, view_of
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def view(root: Path, name: str = "shop.py") -> View:
    path = root / name
    return View(path.as_uri(), "x = 1\n", Policy(), language="python", path=path, root=root)


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("Delete shop.py.", True),
        ("Move src/shop.py to lib/shop.py", True),
        ("Rename the file `shop.py` to till.py", True),
        ("Delete this file.", True),
        ("Remove the loop in shop.py", False),
        ("Remove `x` from shop.py", False),
        ("Delete the loop", False),
        ("Mend shop.py", False),
    ],
)
def test_the_document_itself_may_go_where_it_is_named(
    tmp_path: Path, words: str, *, may: bool
) -> None:
    assert named_files(view(tmp_path, "src/shop.py"), words).may_create is may


def test_a_named_file_that_is_no_text_is_refused_with_the_reason(tmp_path: Path) -> None:
    other = tmp_path / "use.py"
    other.write_bytes(b"# caf\xe9\n")
    with pytest.raises(RefusedError, match=r"use\.py"):
        named_files(view(tmp_path), "Call it in use.py too.")
    assert view_of(view(tmp_path), other) is None
    other.write_text("y = 2\n")
    assert list(named_files(view(tmp_path), "Call it in use.py too.").files) == ["use.py"]
