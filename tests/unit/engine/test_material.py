"""What of other files goes into a prompt, and what stays where it is."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.small_index import SmallIndex
from tests.unit.engine.models_factory import cloud
from tests.unit.workspace.planted_secrets import TOKENS
from understudy.config.policy import Policy, Trust
from understudy.config.settings import PrivacySettings, Settings
from understudy.context.showing import excerpts
from understudy.engine.material import Place, Seeking, gathered
from understudy.engine.services import Services
from understudy.gathering.history import look_at_history
from understudy.index.recent import Recent
from understudy.models.tokens import usual_counter
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from understudy.context.items import Packed
    from understudy.context.lasting import Last
    from understudy.engine.material import Gathered
    from understudy.models.registry import Model

MODEL = cloud("acme/large")
FILES = {
    "shop/prices.py": "class Price:\n    cents: int\n",
    "inner/rates.py": "def rate():\n    return 3\n",
    "shop/keys.py": f"def open_till():\n    return '{TOKENS[0][1]}'\n\n\ndef close_till():\n    return 1\n",
    "main.py": (
        "from shop.prices import Price\nfrom inner.rates import rate\n"
        "from shop.keys import close_till, open_till\n\n\n"
        "def run(price: Price):\n    open_till()\n    close_till()\n    return rate() * price.cents\n"
    ),
}


def found_in(
    root: Path,
    model: Model | None,
    privacy: PrivacySettings,
    budget: int = 4_000,
    recent: tuple[Path, ...] = (),
    indexed: Mapping[str, str] = FILES,
) -> Gathered:
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    index = SmallIndex(indexed)
    here = root / "main.py"
    view = View(here.as_uri(), FILES["main.py"], Policy(Trust.TRUSTED), path=here, root=root)
    view = replace(view, recent=recent)
    services = Services(settings=Settings(privacy=privacy), index=lambda _: index)
    place = Place(view, range(5, 9), model=model)
    return gathered(place, services, usual_counter(), budget)


def chosen(
    root: Path,
    model: Model | None,
    privacy: PrivacySettings,
    recent: tuple[Path, ...] = (),
) -> Packed:
    return found_in(root, model, privacy, recent=recent).packed


def names(packed: Packed) -> set[str]:
    return {one.item.name for one in packed.chosen if one.item.name}


def texts(packed: Packed) -> str:
    return "\n".join(one.level.text for one in packed.chosen)


def test_what_the_lines_name_is_shown_within_the_budget(tmp_path: Path) -> None:
    packed = chosen(tmp_path, MODEL, PrivacySettings())
    assert {"Price", "rate", "close_till"} <= names(packed)
    assert packed.tokens <= 4_000


def test_of_a_piece_that_holds_a_secret_only_the_rest_is_shown(tmp_path: Path) -> None:
    packed = chosen(tmp_path, MODEL, PrivacySettings())
    assert TOKENS[0][1] not in texts(packed)
    [till] = [one for one in packed.chosen if one.item.name == "open_till"]
    assert till.level.text == "def open_till():\n    # …\n"
    assert "not shown in full, for it holds a secret" in till.item.reasons
    [neighbour] = [one for one in packed.chosen if one.item.name == "close_till"]
    assert "return 1" in neighbour.level.text


def test_a_required_piece_that_may_not_be_shown_takes_no_room(tmp_path: Path) -> None:
    keys = f"open_till = '{TOKENS[0][1]}'\n" + f"# {TOKENS[0][1]}\n" * 40
    files = {**FILES, "shop/keys.py": f"{keys}\n\ndef close_till():\n    return 1\n"}
    whole = found_in(tmp_path, MODEL, PrivacySettings(), indexed=files)
    assert ("shop/keys.py", "it holds a secret") in {
        (one.path, one.why) for one in whole.packed.left_out
    }
    least = sum(one.item.levels[0].tokens + 12 for one in whole.packed.chosen if one.item.required)
    small = found_in(tmp_path, MODEL, PrivacySettings(), budget=least, indexed=files)
    assert not small.packed.truncated
    assert {"Price", "rate", "close_till"} <= names(small.packed)
    assert "open_till" not in {one.name for one in small.items}


def test_what_is_excluded_by_the_user_is_told_by_its_setting(tmp_path: Path) -> None:
    files = {path: text for path, text in FILES.items() if path != "inner/rates.py"}
    found = found_in(tmp_path, MODEL, PrivacySettings(exclude=("rates.py",)), indexed=files)
    [gone] = [one for one in found.packed.left_out if one.path == "inner/rates.py"]
    assert gone.why == "`inner/rates.py` is excluded from models by `privacy.exclude`"


def test_what_stays_on_this_machine_is_shown_to_no_model_elsewhere(tmp_path: Path) -> None:
    privacy = PrivacySettings(local_only=("/inner/",))
    packed = chosen(tmp_path, MODEL, privacy)
    assert "rate" not in names(packed)
    assert "return 3" not in texts(packed)
    assert any(one.path == "inner/rates.py" and "local_only" in one.why for one in packed.left_out)
    assert "rate" in names(chosen(tmp_path, None, privacy))


def test_what_is_excluded_is_shown_to_nobody(tmp_path: Path) -> None:
    for model in (MODEL, None):
        packed = chosen(tmp_path, model, PrivacySettings(exclude=("rates.py",)))
        assert "rate" not in names(packed)


def test_the_next_prompt_about_a_file_begins_like_the_one_before(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    index = SmallIndex(FILES)
    services = Services(settings=Settings(), index=lambda _: index)
    lasting: Recent[Last] = Recent(4)
    here = tmp_path / "main.py"

    def shown(lines: range, text: str) -> str:
        view = View(here.as_uri(), text, Policy(Trust.TRUSTED), path=here, root=tmp_path)
        place = Place(view, lines, model=MODEL)
        packed = Seeking(place, services, usual_counter()).within(4_000, lasting).packed
        return "".join(one.framed for one in excerpts(packed.chosen) if one.slot != "target")

    text = FILES["main.py"].replace("from inner.rates import rate\n", "# nothing\n")
    text = text.replace("rate()", "3")
    first = shown(range(5, 9), text)
    assert "class Price" in first
    assert "def rate" not in first
    assert shown(range(5, 9), f"{text}\n# more\n") == first
    # `inner` comes before `shop` by its name, but it is new.
    more = shown(range(5, 9), FILES["main.py"])
    assert more.startswith(first)
    assert "def rate" in more


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
async def test_what_is_committed_with_the_document_counts_more(tmp_path: Path) -> None:
    before = relevances(tmp_path)
    commit(tmp_path, "main.py", "shop")
    here = tmp_path / "main.py"
    view = View(here.as_uri(), FILES["main.py"], Policy(Trust.TRUSTED), path=here, root=tmp_path)
    await look_at_history(view)
    after = relevances(tmp_path)
    assert after["shop/keys.py"] > before["shop/keys.py"]
    assert after["inner/rates.py"] == before["inner/rates.py"]


def test_what_was_edited_lately_counts_more(tmp_path: Path) -> None:
    before = relevances(tmp_path)
    after = relevances(tmp_path, recent=(tmp_path / "inner/rates.py", tmp_path.parent / "other.py"))
    assert after["inner/rates.py"] > before["inner/rates.py"]
    assert after["shop/keys.py"] == before["shop/keys.py"]


def commit(root: Path, *paths: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "-q"], ["add", *paths], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)


def relevances(root: Path, recent: tuple[Path, ...] = ()) -> dict[str, float]:
    """Of each file, that of the piece which counts least."""
    found: dict[str, float] = {}
    for one in chosen(root, MODEL, PrivacySettings(), recent=recent).chosen:
        found[one.item.path] = min(one.item.relevance, found.get(one.item.path, 1.0))
    return found


@pytest.mark.parametrize("times", [1, 2])
def test_a_file_that_is_shown_in_full_is_told_for_what_is_required_of_it(
    tmp_path: Path, times: int
) -> None:
    names = ("one", "two", "three")
    rates = "".join(f"def {name}():\n    return 1\n\n\n" for name in names)
    body = " + ".join(f"{name}()" for name in names)
    text = f"from rates import {', '.join(names)}\n\n\ndef run():\n    return {body}\n"
    index = SmallIndex({"rates.py": rates, "main.py": text})
    here = tmp_path / "main.py"
    view = View(here.as_uri(), text, Policy(Trust.TRUSTED), path=here, root=tmp_path)
    seeking = Seeking(Place(view, range(3, 5)), Services(index=lambda _: index), usual_counter())
    lasting: Recent[Last] = Recent(4)
    packed = [seeking.within(4_000, lasting).packed for _ in range(times)][-1]
    [told] = [one.item for one in packed.chosen if one.item.path == "rates.py"]
    assert told.name == ""
    assert (told.tier, told.required) == ("required_types", True)
    assert "defines `two`, which line 5 uses" in told.reasons
    assert "rates.py" not in {one.path for one in packed.left_out}
