from __future__ import annotations

from typing import TYPE_CHECKING

from tests.small_index import SmallIndex
from tests.unit.workspace.planted_secrets import TOKENS
from understudy.config.policy import Policy, Trust
from understudy.config.settings import Settings
from understudy.context.items import Item, Level
from understudy.engine.showable import Showable
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def test_a_secret_is_seen_in_a_piece_although_it_is_gone_from_the_file(tmp_path: Path) -> None:
    place = tmp_path / "main.py"
    view = View(
        place.as_uri(), "", Policy(Trust.TRUSTED), language="python", path=place, root=tmp_path
    )
    text = f"KEY = '{TOKENS[0][1]}'\n"
    item = Item("keys.py", 0, 1, "KEY", "examples", 0.5, (Level("full", text, 9, 1.0),))
    showable = Showable(view, None, Settings(), SmallIndex({"keys.py": "KEY = ask()\n"}))
    assert showable.why_not(item) == "it holds a secret"
