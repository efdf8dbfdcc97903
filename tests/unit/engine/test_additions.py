"""A fix of one problem that adds something elsewhere."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO, edited, evidence
from tests.unit.engine.test_strays import GO, MENDED, SCRIPT, SHOP
from understudy.engine.additions import additions
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

RUST = (
    "pub struct Cart {\n    pub items: Vec<u8>,\n}\n\npub fn total(cart: &Cart) -> usize {\n    something\n}\n\n"
    "pub fn check(now: u8) -> bool {\n    now < 10\n}\n"
)
TOP = "import math\n"
CHECK = "def check(user: User, now: int) -> bool:\n"
ADDED = [
    (CHECK, f"@staticmethod\n{CHECK}", "@staticmethod"),
    ("class User:\n", "@final\nclass User:\n", "@final"),
    ("    age: int = 0\n", "    age: int = 0\n    trusted = True\n", "trusted = True"),
    ("    age: int = 0\n", "    age: int = 0\n    trusted: bool = True\n", "trusted: bool = True"),
    ("    age: int = 0\n", "    age: int = 0\n    print(math)\n", "print(math)"),
    (
        "    return domain(User())\n",
        "    return domain(User())\n\n\nprint(math.e)\n",
        "print(math.e)",
    ),
    (
        "    return domain(User())\n",
        "    return domain(User())\n\n\nUser.age = 18\n",
        "User.age = 18",
    ),
    ("    return domain(User())\n", "    return domain(User())\n\n\ndel math\n", "del math"),
]
NEEDED = [
    (TOP, "import math\nimport os\n"),
    (TOP, "import math\n\n_NONE = ''\n"),
    (TOP, "import math\n\n\ndef new() -> None:\n    print(1)\n"),
    (TOP, "import math\n\n\n@final\nclass New:\n    age = 1\n"),
    ("def domain", "@cache\ndef domain"),
    (CHECK, f"# At night.\n{CHECK}"),
    ("    if now < 10:\n", "    print(now)\n    if now < 10:\n"),
    ("class User:\n", "class User:\n    split = None\n"),
    ("    return domain(User())\n", "    return domain(User())\n\n\nprint(split)\n"),
]


@pytest.mark.parametrize(("old", "new", "told"), ADDED)
def test_what_is_added_elsewhere_is_looked_at(old: str, new: str, told: str) -> None:
    facts = edited(SHOP, MENDED, (old, new))
    assert f"adds `{told}` too" in additions(facts)
    verdict = judge(facts, AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert "which the problem does not need, so look at it closely" in evidence(verdict)


@pytest.mark.parametrize(("old", "new"), NEEDED)
def test_what_may_be_needed_is_not_told(old: str, new: str) -> None:
    assert additions(edited(SHOP, MENDED, (old, new))) == ""


def test_a_name_that_the_other_changes_bring_may_be_added() -> None:
    used = ('user.email.split("@")[1]', 'user.email.split("@")[1] if user.trusted else ""')
    member = ("    age: int = 0\n", "    age: int = 0\n    trusted: bool = True\n")
    assert additions(edited(SHOP, used, member)) == ""


def test_other_languages_have_attributes_and_members_too() -> None:
    mended = ("    something\n", "    cart.items.len()\n")
    for old, new, told in (
        ("pub fn check", "#[cfg(unix)]\npub fn check", "#[cfg(unix)]"),
        ("pub fn check", "# [ cfg ( unix ) ]\npub fn check", "# [ cfg ( unix ) ]"),
        ("Vec<u8>,\n", "Vec<u8>,\n    pub trusted: bool,\n", "pub trusted: bool,"),
    ):
        facts = edited(
            RUST, mended, (old, new), language="rust", at="something", message="not found"
        )
        assert f"`{told}`" in additions(facts)
    derive = ("pub struct Cart", "#[derive(Debug)]\npub struct Cart")
    message = "`Cart` doesn't implement `Debug`"
    assert (
        additions(edited(RUST, mended, derive, language="rust", at="something", message=message))
        == ""
    )
    script = (
        SCRIPT,
        ("something(items)", "items.length"),
        ("export function check", "check(1);\nexport function check"),
    )
    facts = edited(
        *script, language="typescript", at="something", message="Cannot find name 'something'."
    )
    assert "`check(1);`" in additions(facts)
    go = (GO, ("c.Itms", "c.Items"), ("\tItems []string\n", "\tItems []string\n\tFree bool\n"))
    facts = edited(*go, language="go", at="Itms", message="c.Itms undefined")
    assert "`Free bool`" in additions(facts)
