"""Which tests belong to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy
from understudy.engine.related_tests import related_tests
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path


def related(root: Path, name: str, language: str = "python") -> list[str]:
    path = root / name
    view = View(path.as_uri(), "", Policy(), language=language, path=path, root=root)
    return [one.relative_to(root).as_posix() for one in related_tests(view)]


def make(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


SHOP = {
    "src/shop/__init__.py": "from shop.basket import Basket\n",
    "src/shop/basket.py": "from .prices import price\n",
    "src/shop/prices.py": "def price(): ...\n",
    "src/shop/unused.py": "",
    "tests/test_prices.py": "",
    "tests/test_checkout.py": "from shop import Basket\n",
    "tests/deep/test_other.py": "import shop.basket as b, os\n",
    "tests/test_nothing.py": "import os\n",
    "tests/conftest.py": "from shop import prices\n",
}


def test_a_python_file_has_the_tests_of_its_name_and_those_that_reach_it(tmp_path: Path) -> None:
    make(tmp_path, SHOP)
    assert related(tmp_path, "src/shop/prices.py") == [
        "tests/test_prices.py",
        "tests/deep/test_other.py",
        "tests/test_checkout.py",
    ]


def test_relative_imports_and_those_of_a_package_are_followed(tmp_path: Path) -> None:
    make(tmp_path, SHOP)
    assert related(tmp_path, "src/shop/basket.py") == [
        "tests/deep/test_other.py",
        "tests/test_checkout.py",
    ]
    assert related(tmp_path, "src/shop/unused.py") == []


def test_a_test_file_is_its_own_test(tmp_path: Path) -> None:
    make(tmp_path, SHOP)
    assert related(tmp_path, "tests/test_nothing.py") == ["tests/test_nothing.py"]


def test_ignored_files_are_no_tests(tmp_path: Path) -> None:
    make(tmp_path, SHOP | {".gitignore": "tests/deep/\n"})
    assert "tests/deep/test_other.py" not in related(tmp_path, "src/shop/prices.py")


@pytest.mark.parametrize(
    ("language", "name", "test", "other"),
    [
        ("typescript", "src/shop.ts", "src/shop.test.ts", "src/bag.test.ts"),
        ("typescript", "src/shop.ts", "src/shop.spec.tsx", "src/shop.tsx"),
        ("typescript", "src/shop.ts", "src/__tests__/shop.ts", "src/__tests__/bag.ts"),
        ("rust", "src/shop.rs", "tests/shop.rs", "tests/bag.rs"),
        ("go", "shop/shop.go", "shop/bag_test.go", "bag/shop.go"),
    ],
)
def test_other_languages_go_by_names(
    language: str, name: str, test: str, other: str, tmp_path: Path
) -> None:
    make(tmp_path, {name: "", test: "", other: ""})
    assert related(tmp_path, name, language) == [test]


def test_of_two_tests_with_the_same_name_the_nearer_one_comes_first(tmp_path: Path) -> None:
    names = ("a/tests/test_one.py", "b/tests/test_one.py")
    make(tmp_path, {"b/one.py": "", **dict.fromkeys(names, "")})
    assert related(tmp_path, "b/one.py") == ["b/tests/test_one.py", "a/tests/test_one.py"]


def test_a_file_outside_of_any_workspace_has_no_tests(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text("", encoding="utf-8")
    assert related_tests(View(path.as_uri(), "", Policy(), path=path)) == ()
