"""A block with the new code, and others that show it at work or test it."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

TOTAL = "    def total(self):\n        return sum(item.price for item in self.items)\n"
FILE = f"""\
class Cart:
{TOTAL.replace("price", "prise")}
    def clear(self):
        self.items = []


def main():
    cart = Cart()
    cart.add(3)
    print(cart.total())
"""
GO = "func Total(a, b int) int {\n\treturn a - b\n}\n"
GO_FILE = f"package m\n\n{GO}\nfunc Twice(a int) int {{\n\treturn Total(a, a)\n}}\n"


def read(first: str, above: str, second: str, language: str = "python") -> Reading:
    text, lines = (FILE, range(1, 3)) if language == "python" else (GO_FILE, range(2, 5))
    view = View("file:///a", text, Policy(), language=language)
    reply = f"```{language}\n{first}```\n\n{above}\n\n```{language}\n{second}```\n"
    return all_edit_formats()["region"].read(reply, Region(view, lines))


@pytest.mark.parametrize(
    "above",
    [
        "Usage:",
        "**Example usage**",
        "### Example",
        "Example of its use:",
        "You can use it like this:",
        "Here is how it is used, for instance:",
        "You can now use it like this:",
        "To verify:",
        "Quick check:",
        "Run it:",
        "Call `Cart` like this:",
        "Use it in the following way:",
        "Then in your script:",
        "This now prints `0`:",
        "With this change, it works as expected:",
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        "print(Cart().total())\n",
        "cart = Cart()\nprint(cart.total())\n",
        "from shop import Cart\n\ncart = Cart()\nprint(cart.total())\n",
        ">>> Cart().total()\n0\n",
    ],
)
def test_an_example_is_left_out(above: str, shown: str) -> None:
    reading = read(TOTAL, above, shown)
    assert reading.after == FILE.replace("prise", "price")
    assert [one.what for one in reading.repairs] == ["example left out"]


@pytest.mark.parametrize(
    ("above", "shown"),
    [
        ("Usage:", "cart = Cart()\ncart.add(5)\nprint(cart.total())\n"),
        ("You can use it like this:", "cart = Cart()\ncart.add(5)\nprint(cart.total())\n"),
        ("Usage:", 'if __name__ == "__main__":\n    cart = Cart()\n    print(cart.total(3))\n'),
        ("You might also add a test:", "def test_total():\n    cart = Cart()\n    assert cart\n"),
        ("Usage:", "def example():\n    return Cart().total()\n"),
        ("A test:", "def test_total():\n    assert Cart().total() == 0\n"),
        ("And a test for it:", "class TestCart:\n    def test_total(self):\n        pass\n"),
        ("Unit tests:", "import pytest\n\n\ndef test_total():\n    assert Cart().total() == 0\n"),
    ],
)
def test_what_runs_or_tests_it_is_left_out(above: str, shown: str) -> None:
    assert read(TOTAL, above, shown).after == FILE.replace("prise", "price")


@pytest.mark.parametrize(
    ("above", "shown"),
    [
        ("Usage:", "func main() {\n\tfmt.Println(Total(1, 2))\n}\n"),
        ("Example:", "sum := Total(1, 2)\nfmt.Println(sum)\n"),
        (
            "A test:",
            "func TestTotal(t *testing.T) {\n\tif Total(1, 2) != 3 {\n\t\tt.Fail()\n\t}\n}\n",
        ),
    ],
)
def test_that_holds_in_other_languages(above: str, shown: str) -> None:
    reading = read(GO.replace("-", "+"), above, shown, "go")
    assert reading.after == GO_FILE.replace("a - b", "a + b")


@pytest.mark.parametrize(
    ("above", "shown"),
    [
        # A change of the file, whatever it is called.
        ("It is used like this now:", "    cart = Cart()\n    print(cart.total(3))\n"),
        ("Usage:", "def main():\n    cart = Cart()\n    print(cart.total(3))\n"),
        ("Usage:", "def price_of(item):\n    return item.price\n"),
        ("A test:", "def price_of(item):\n    return item.price\n"),
        ("Also change `main` so that it prints more:", 'print(f"{Cart().total():.2f}")\n'),
        ("Then call it with the tax in `main`:", "total = cart.total(2)\nsend(total)\n"),
        ("You also need to call it at the end of the file:", "cart = Cart()\ncart.total()\n"),
        (
            "For example, the loop in `main` must now be:",
            "for one in prices:\n    Cart().add(one)\n",
        ),
        ("In `main`, output it like this:", "json.dump(Cart().total(), out)\n"),
        ("In `shop.py`, use it like this:", "Cart().total(tax=2)\n"),
        ("Change `main`:\n\nExample:", "print(Cart().total())\n"),
        ("You should also call it.\n\nExample:", "print(Cart().total())\n"),
        ("In the loop, use it like this:", "for one in prices:\n    Cart().add(one)\n"),
        ("Call it before returning:", "log(Cart().total())\n"),
        ("Use `Cart` on the rows:", "rows = Cart().rows(rows)\n"),
        ("Then call it with the tax:", "Cart().total(tax=2)\n"),
        ("Then use it:", "    print(Cart().total(2))\n"),
        ("And this:", "cart = Cart()\nprint(cart.total())\n"),
    ],
)
def test_what_may_be_a_change_is_not_left_out(above: str, shown: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(TOTAL, above, shown)
    assert caught.value.refusal is Refusal.AMBIGUOUS


TESTS = """\
import pytest


def make(*prices):
    return Cart(prices)


def test_total():
    assert make(1, 2).total() == 4
"""


@pytest.mark.parametrize(
    ("above", "second"),
    [
        (
            "Also add a test for the empty cart:",
            "def test_empty():\n    assert make().total() == 0\n",
        ),
        ("Test:", "def test_empty():\n    assert make().total() == 0\n"),
        ("With these tests:", "class TestMore:\n    def test_one(self):\n        assert make(1)\n"),
    ],
)
def test_a_test_is_no_example_in_a_file_of_tests(above: str, second: str) -> None:
    view = View("file:///a", TESTS, Policy(), language="python")
    first = "def test_total():\n    assert make(1, 2).total() == 3\n"
    reply = f"```python\n{first}```\n\n{above}\n\n```python\n{second}```\n"
    with pytest.raises(UnreadableError):
        all_edit_formats()["region"].read(reply, Region(view, range(7, 9)))


USE = "cart = Cart()\ncart.add(5)\nprint(cart.total())\n"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("The bug is here:\n```python\nreturn sum(item.prise for item in self.items)\n```\n", ""),
        (f"For example, this fails:\n```python\n{USE}```\n", ""),
        ("", "The change is\n```python\nreturn sum(item.price for item in self.items)\n```\n"),
        ("", f"Usage:\n```python\n{USE}```\nA test:\n```python\ndef test_it():\n    Cart()\n```\n"),
    ],
)
def test_quotations_and_examples_stand_on_both_sides(before: str, behind: str) -> None:
    view = View("file:///a", FILE, Policy(), language="python")
    reply = f"{before}Here it is:\n```python\n{TOTAL}```\n{behind}"
    reading = all_edit_formats()["region"].read(reply, Region(view, range(1, 3)))
    assert reading.after == FILE.replace("prise", "price")
    assert reading.risk != "high"


def test_imports_come_with_the_code_that_an_example_follows() -> None:
    view = View("file:///a", f"import os\n\n\n{FILE}", Policy(), language="python")
    code = TOTAL.replace("sum(", "math.fsum(")
    reply = f"```python\nimport math\n```\nand\n```python\n{code}```\nUsage:\n```python\n{USE}```\n"
    after = all_edit_formats()["region"].read(reply, Region(view, range(4, 6))).after
    assert "import math\n" in after
    assert "math.fsum(item.price" in after
    assert "cart.add(5)" not in after


@pytest.mark.parametrize("code", [TOTAL, FILE.replace("prise", "price")])
def test_an_example_stands_behind_what_is_meant_for_a_whole_file(code: str) -> None:
    view = View("file:///a", FILE, Policy(), language="python")
    reply = f"Fixed:\n```python\n{code}```\nUsage:\n```python\n{USE}```\n"
    region = Region(view, range(len(view.index)))
    reading = all_edit_formats()["whole_file"].read(reply, region)
    assert reading.after == FILE.replace("prise", "price")
    assert "example left out" in [one.what for one in reading.repairs]
