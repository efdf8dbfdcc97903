"""What holds for all candidates."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, count, of_tier
from understudy.core.text import Span
from understudy.gathering.making import Signals
from understudy.workspace.diagnostics import Diagnostic

if TYPE_CHECKING:
    from understudy.gathering.gather import Candidates

FILES = {
    "AGENTS.md": "# Rules\n\nNo globals.\n",
    "pyproject.toml": '[tool.ruff.lint]\nselect = ["E", "F"]\nignore = ["F841"]\n',
    "shop/__init__.py": "",
    "shop/order.py": (
        "class Order:\n    '''An order.'''\n\n    lines: list\n\n    def total(self) -> int:\n"
        "        value = 0\n        for line in self.lines:\n            value += line.price\n"
        "        return value\n\ndef unused_helper() -> None:\n    pass\n"
    ),
    "shop/store.py": "from shop.order import Order\n\n\ndef load() -> Order:\n    return Order()\n",
    "shop/bill.py": (
        "from shop.order import Order\nfrom shop.store import load, save\n\n\n"
        "def bill(order: Order) -> int:\n    amount = order.total()\n    return amount\n\n\n"
        "def other() -> int:\n    return 2\n"
    ),
    "shop/caller.py": "from shop.bill import bill\n\n\ndef main() -> None:\n    print(bill(None))\n",
    "tests/test_bill.py": (
        "from shop.bill import bill\n\n\ndef test_bill() -> None:\n    amount = bill(None)\n"
        "    assert amount == 0\n"
    ),
}
PLACE = ("shop/bill.py", range(4, 7))


def told(found: Candidates) -> str:
    return json.dumps([asdict(item) for item in found.items])


def test_every_item_says_why_it_is_there_and_gets_better_with_each_level() -> None:
    problem = Diagnostic("ruff", "F841", "Local variable `amount` is unused", Span(120, 126))
    signals = Signals(count, open_files=("shop/store.py",), recent=("shop/caller.py",))
    found = candidates(FILES, *PLACE, problems=(problem,), signals=signals)
    assert {item.tier for item in found.items} == {
        *("required_types", "target_file", "related_imports", "patterns", "examples", "full_files")
    }
    for item in found.items:
        assert item.reasons
        assert item.levels
        assert 0 < item.relevance <= 1
        tokens = [level.tokens for level in item.levels]
        worths = [level.worth for level in item.levels]
        assert tokens == sorted(set(tokens))
        assert worths == sorted(set(worths))
        assert all(
            level.text.strip() and level.tokens == count(level.text) for level in item.levels
        )
    assert len({item.key for item in found.items}) == len(found.items)


def test_each_tier_holds_what_it_is_for() -> None:
    problem = Diagnostic("ruff", "F841", "Local variable `amount` is unused", Span(120, 126))
    found = candidates(FILES, *PLACE, problems=(problem,))
    assert set(of_tier(found, "required_types")) == {("shop/order.py", "Order")}
    related = of_tier(found, "related_imports")
    assert related["shop/caller.py", "main"].reasons == ("calls `bill` on line 5",)
    assert related["shop/store.py", "load"].reasons == ("defines `load`, which the file imports",)
    assert ("shop/order.py", "unused_helper") in related
    rules = of_tier(found, "patterns")
    assert "No globals." in rules["AGENTS.md", ""].levels[0].text
    settings_text = rules["pyproject.toml", ""].levels[0].text
    assert settings_text == '[tool.ruff.lint]\nselect = ["E", "F"]\nignore = ["F841"]\n'
    assert ("tests/test_bill.py", "test_bill") in of_tier(found, "examples")


def test_the_target_shows_the_function_then_its_neighbours_then_everything() -> None:
    (item,) = of_tier(candidates(FILES, *PLACE), "target_file").values()
    assert item.required
    first, *_, last = item.levels
    assert "def bill" in first.text
    assert "def other" not in first.text
    assert "load, save" not in first.text
    assert last.text.startswith(FILES["shop/bill.py"])


def test_gaps_in_a_long_file_are_marked_and_no_line_is_cut() -> None:
    body = "".join(f"    x{n} = {n}\n" for n in range(60))
    text = "".join(f"def f{n}():\n{body}    return {n}\n\n\n" for n in range(6))
    (item,) = of_tier(candidates({"a.py": text}, "a.py", range(130, 131)), "target_file").values()
    lines = set(text.split("\n"))
    for level in item.levels:
        for line in level.text.split("\n"):
            assert line in lines or line.strip() == "# …"
    assert "# …" in item.levels[1].text


def test_the_text_in_the_editor_counts_and_not_the_one_on_the_disk() -> None:
    unsaved = {
        "shop/order.py": "class Order:\n    def total(self, tax: int) -> int:\n        return 3\n"
    }
    found = candidates(FILES, *PLACE, opened=unsaved)
    item = of_tier(found, "required_types")["shop/order.py", "Order"]
    assert "tax: int" in item.levels[0].text
    assert item.version == 7


def test_a_definition_that_is_only_in_the_editor_is_found() -> None:
    unsaved = {
        "shop/store.py": "def load() -> int:\n    return 1\n\n\ndef save(x: int) -> None:\n    pass\n"
    }
    opened = {**unsaved, "shop/bill.py": FILES["shop/bill.py"].replace("order.total()", "save(1)")}
    found = candidates(FILES, *PLACE, opened=opened)
    assert ("shop/store.py", "save") in of_tier(found, "required_types")


def test_what_is_left_out_is_never_an_item_and_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("hidden.py\n")
    (tmp_path / "hidden.py").write_text("def secret_thing():\n    pass\n")
    files = {
        "proto_pb2.py": "class Order:\n    pass\n",
        "main.py": (
            "from hidden import secret_thing\nfrom proto_pb2 import Order\n\n\n"
            "def f(order: Order):\n    return secret_thing()\n"
        ),
    }
    signals = Signals(count, open_files=("proto_pb2.py", ".env"))
    found = candidates(files, "main.py", signals=signals, root=tmp_path)
    assert {item.path for item in found.items} == {"main.py"}
    assert {(one.path, one.why) for one in found.left_out} >= {
        ("hidden.py", "ignored"),
        ("proto_pb2.py", "generated"),
        (".env", "holds secrets by its name"),
    }


def test_what_is_left_out_is_told_behind_many_imports_that_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("hidden.py\n")
    (tmp_path / "hidden.py").write_text("def secret_thing():\n    pass\n")
    (tmp_path / "linked.py").symlink_to(tmp_path / "hidden.py")
    unknown = "".join(f"import nobody{n}.part{n}\n" for n in range(60))
    text = f"{unknown}from hidden import secret_thing\nfrom linked import other\n"
    found = candidates({"pkg/deep/main.py": text}, "pkg/deep/main.py", root=tmp_path)
    assert {(one.path, one.why) for one in found.left_out} == {
        ("hidden.py", "ignored"),
        ("linked.py", "link"),
    }


def test_the_order_of_files_and_of_hashes_changes_nothing() -> None:
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.unit.gathering import test_gather as t\n"
        "print(t.told(t.candidates(dict(reversed(t.FILES.items())), *t.PLACE)))\n"
    )
    expected = told(candidates(FILES, *PLACE))
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected


def test_files_that_the_user_works_with_count_more() -> None:
    plain = of_tier(candidates(FILES, *PLACE), "related_imports")["shop/store.py", "load"]
    signals = Signals(count, recent=("shop/store.py",), together={"shop/store.py": 1.0})
    near = of_tier(candidates(FILES, *PLACE, signals=signals), "related_imports")
    assert near["shop/store.py", "load"].relevance > plain.relevance


def test_a_place_that_a_problem_points_at_is_needed() -> None:
    signals = Signals(count, pointed=(("shop/store.py", 3),))
    found = of_tier(candidates(FILES, *PLACE, signals=signals), "required_types")
    assert "is what the problem points at" in found["shop/store.py", "load"].reasons


@pytest.mark.parametrize(
    "name", ["a.py", "a.ts", "a.go", "a.rs", "A.java", "a.cpp", "a.c", "a.rb", "a.x"]
)
@given(
    st.text("abc(){}[]<>.:;,=+*&#'\"\\\n\t π😀", max_size=80), st.integers(0, 9), st.integers(0, 9)
)
@settings(max_examples=25)
def test_nothing_raises_whatever_the_text(name: str, text: str, start: int, more: int) -> None:
    broken = {name: f"class A:\n import a\n{text}", f"b/{name}": text, "b/__init__.py": text}
    found = candidates(broken, name, range(start, start + more))
    assert any(item.tier == "target_file" for item in found.items)
