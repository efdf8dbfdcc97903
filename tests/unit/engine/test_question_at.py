"""The question about a place, with the files that its words name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.engine.test_clearance import AGREED, CLOUD, LOCAL
from understudy.config.settings import Settings
from understudy.core.failures import RefusedError
from understudy.engine.question_at import question_at
from understudy.engine.services import Services
from understudy.tasks import all_tasks
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.engine.question_at import Asking
    from understudy.models.model import Model


def asked(root: Path, model: Model | None, words: str = "Use club.py too.") -> Asking:
    (root / "club.py").write_text("def reduced(price):\n    return price / 2\n")
    path = root / "a.py"
    text = "def total(items):\n    return sum(items)\n"
    view = View(path.as_uri(), text, AGREED, language="python", path=path, root=root)
    return question_at(
        view, Services(settings=Settings(), task=all_tasks()["edit"]), model, (), words
    )


@pytest.mark.parametrize("model", [CLOUD, LOCAL, None])
def test_a_file_that_is_named_is_shown(tmp_path: Path, model: Model | None) -> None:
    asking = asked(tmp_path, model)
    assert list(asking.others) == ["club.py"]
    assert "return price / 2" in "".join(turn.text for turn in asking.write({}).turns)
    assert asked(tmp_path, model, "Go on.").others == {}


def test_one_that_is_ignored_is_shown_on_this_machine_alone(tmp_path: Path) -> None:
    (tmp_path / ".understudyignore").write_text("club.py\n")
    with pytest.raises(RefusedError, match=r"`club\.py` is ignored"):
        asked(tmp_path, CLOUD)
    assert list(asked(tmp_path, LOCAL).others) == ["club.py"]


@pytest.mark.parametrize("model", [CLOUD, LOCAL, None])
def test_one_for_secrets_is_shown_to_nobody(tmp_path: Path, model: Model | None) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / ".env.py").write_text("A = 1\n")
    (tmp_path / ".env.sh").write_text("A=1\n")
    with pytest.raises(RefusedError, match="file for secrets"):
        asked(tmp_path, model, "Use .env.sh too.")
