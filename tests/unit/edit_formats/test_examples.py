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
        ("And this:", "cart = Cart()\nprint(cart.total())\n"),
    ],
)
def test_what_may_be_a_change_is_not_left_out(above: str, shown: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(TOTAL, above, shown)
    assert caught.value.refusal is Refusal.AMBIGUOUS
