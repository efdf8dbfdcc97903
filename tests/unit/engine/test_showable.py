from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.small_index import SmallIndex
from tests.unit.workspace.planted_secrets import TOKENS
from understudy.config.policy import Policy, Trust
from understudy.config.settings import Settings
from understudy.context.items import Item, LeftOut, Level
from understudy.engine.showable import Showable
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.context.items import Form


WORD = "a%20secret"
URL = (
    "class URL:\n"
    '    """An address.\n\n'
    f"    https://jo%40email.com:{WORD}@muller.de\n"
    '    """\n\n'
    "    def host(self): ...\n"
)
KEY_LINES = ["MIIEpAIBAAKCAQEAx3vU0N7YcQ3Vn5cC8mZk1pRq2sT4uW6yB0dF2hJ5lN7qS9vX", "b1D3f5H7"]
KEY = "\n".join(["-----BEGIN RSA PRIVATE KEY-----", *KEY_LINES, "-----END RSA PRIVATE KEY-----"])


def showable(root: Path, files: dict[str, str]) -> Showable:
    place = root / "main.py"
    view = View(place.as_uri(), "", Policy(Trust.TRUSTED), language="python", path=place, root=root)
    return Showable(view, None, Settings(), SmallIndex(files))


def item(path: str, *texts: str) -> Item:
    forms: tuple[Form, ...] = ("signature", "skeleton", "full")
    levels = tuple(Level(form, text, 9, 1.0) for form, text in zip(forms, texts, strict=False))
    return Item(path, 0, 7, "URL", "examples", 0.5, levels)


def test_what_shows_nothing_of_a_secret_in_its_lines_may_be_shown(tmp_path: Path) -> None:
    found = showable(tmp_path, {"urls.py": URL}).cleared(
        item("urls.py", "class URL:\n", "class URL:\n    def host(self): ...\n", URL)
    )
    assert isinstance(found, Item)
    assert [level.form for level in found.levels] == ["signature", "skeleton"]
    assert found.reasons == ("not shown in full, for it holds a secret",)


def test_a_piece_that_shows_a_part_of_a_secret_may_not_be_shown(tmp_path: Path) -> None:
    files = {"urls.py": URL, "key.py": f'KEY = """\n{KEY}\n"""\n'}
    decides = showable(tmp_path, files)
    for text in (f'"""https://jo%40email.com:{WORD[:8]}…"""', f'"""{WORD}@muller.de"""'):
        assert isinstance(decides.cleared(item("urls.py", text)), LeftOut)
    for line in (*KEY_LINES, KEY.split("\n")[-1]):
        assert isinstance(decides.cleared(item("key.py", f"# …\n{line}\n")), LeftOut)
    least = Level("mention", f"# {WORD}\n", 3, 0.1)
    found = decides.cleared(replace(item("urls.py", "class URL:\n"), least=least))
    assert isinstance(found, Item)
    assert found.least is None
    assert isinstance(decides.cleared(item("key.py", "KEY = ...\n")), Item)


def test_a_secret_is_seen_in_a_piece_although_it_is_gone_from_the_file(tmp_path: Path) -> None:
    text = f"KEY = '{TOKENS[0][1]}'\n"
    found = showable(tmp_path, {"keys.py": "KEY = ask()\n"}).cleared(item("keys.py", text))
    assert found == LeftOut("keys.py", "URL", "it holds a secret")


@pytest.mark.parametrize("name", [".gitignore", ".understudyignore"])
def test_a_file_that_was_just_ignored_is_shown_to_nobody(tmp_path: Path, name: str) -> None:
    files = {"pkg/mod.py": "def f(): ...\n"}
    one = item("pkg/mod.py", "def f(): ...\n")
    assert showable(tmp_path, files).cleared(one) == one
    (tmp_path / name).write_text("pkg/\n", "utf-8")
    found = showable(tmp_path, files).cleared(one)
    assert isinstance(found, LeftOut)
    assert found.why == "it is ignored (`.gitignore`, `.understudyignore`)"


def test_a_folder_that_is_ignored_itself_was_opened_all_the_same(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*\n", "utf-8")
    one = item("pkg/mod.py", "def f(): ...\n")
    assert showable(tmp_path / "scratch", {"pkg/mod.py": "def f(): ...\n"}).cleared(one) == one
