from __future__ import annotations

import json

import pytest

from tests.unit.edit_formats.patches import (
    EXPECTED,
    HUNK,
    TEXT,
    UNSIGNED,
    after,
    patch,
    read,
    region,
)
from understudy.edit_formats.apply_patch import EDIT_FORMAT
from understudy.reading import Match, Repair


@pytest.mark.parametrize(
    "reply",
    [
        patch(),
        patch(UNSIGNED),
        patch().replace("\n\n", "\n \n"),
        patch().replace("*** End Patch", " *** End Patch"),
        patch().replace("@@\n", ""),
        patch().replace("@@\n", "@@ class Circle\n"),
        patch().replace("@@\n", "@@ -1,2 +1,3 @@\n"),
        patch().replace("@@\n", "@@ class Circle:\n@@     def area(self):\n"),
        patch().replace("*** Begin Patch\n", ""),
        patch().replace("*** End Patch\n", ""),
        f"Here it is.\n\n```\n{patch()}```\nDone.",
        f"```patch\n{patch()}```",
        f"```\n{patch().replace('*** End Patch' + chr(10), '')}```\n",
        f"apply_patch <<'EOF'\n{patch()}EOF\n",
        f"```bash\napply_patch <<'PATCH'\n{patch()}PATCH\n```\n",
        f"apply_patch <<'EOF'\n{patch().replace('*** End Patch' + chr(10), '')}EOF\n",
        json.dumps({"input": patch()}),
        f"Calling the tool:\n{json.dumps({'command': ['apply_patch', patch()]})}",
        '{"input": "' + patch().replace('"', '\\"') + '"}',
        patch().replace("\n", "\\n"),
        patch().replace("\n", "\r\n"),
        "".join(f"  {line}" for line in patch().splitlines(keepends=True)),
        patch().replace("\n-", "\n -").replace("\n+", "\n +"),
        patch(path="shapes.py"),
        patch(path="a/src/shapes.py"),
        patch(path="./src/shapes.py"),
        patch(path="`src\\shapes.py`"),
        patch(path="/shop/src/shapes.py"),
        f"<think>\n{patch('-x')}</think>\n{patch()}",
    ],
)
def test_a_patch_is_read_in_whatever_form_it_comes(reply: str) -> None:
    assert EDIT_FORMAT.claims(reply)
    assert after(reply) == EXPECTED
    assert after(reply, region(EXPECTED)) == EXPECTED


def test_the_text_around_the_patch_is_kept_apart() -> None:
    assert read(f"The factor.\n\n{patch()}\nThat is all.").prose == "The factor.\n\n\nThat is all."


def test_an_edit_that_is_made_already_says_so() -> None:
    reading = read(patch(), region(EXPECTED))
    assert (reading.after, reading.match) == (EXPECTED, Match.ALREADY)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_the_missing_last_one_stay(end: str) -> None:
    text = TEXT.rstrip("\n").replace("\n", end)
    reply = patch('     def name(self):\n-        return "square"\n+        return "box"\n')
    expected = text.replace('"square"', '"box"')
    assert after(reply, region(text)) == expected


def test_a_byte_order_mark_stays() -> None:
    reply = patch("-import os\n+import sys\n \n \n class Circle:\n")
    assert after(reply, region("\ufeff" + TEXT)) == "\ufeff" + TEXT.replace(
        "import os", "import sys"
    )


def test_wrong_indentation_becomes_the_files() -> None:
    body = "def area(self):\n    # the usual formula\n-    return 3 * self.radius\n+    if self:\n+        return 1\n"
    expected = TEXT.replace(
        "        return 3 * self.radius", "        if self:\n            return 1"
    )
    reading = read(patch(body))
    assert reading.after == expected
    assert reading.match is Match.INDENTATION


def test_tabs_that_were_written_out_become_tabs() -> None:
    text = "func f() {\n\tx := 1\n\treturn x\n}\n"
    expected = "func f() {\n\tx := 2\n\treturn x\n}\n"
    body = "func f() {\n-\\tx := 1\n+\\tx := 2\n \\treturn x\n"
    assert after(patch(body), region(text)) == expected
    mixed = "func f() {\n-\tx := 1\n+\\tx := 2\n \treturn x\n"
    assert after(patch(mixed), region(text)) == expected


def test_escapes_that_belong_to_the_code_stay() -> None:
    text = 'print("a\\n")\nprint("b")\n'
    reply = patch(' print("a\\n")\n-print("b")\n+print("c\\n")\n')
    assert after(reply, region(text)) == 'print("a\\n")\nprint("c\\n")\n'


def test_hunks_may_stand_in_any_order() -> None:
    name = '     def name(self):\n-        return "circle"\n+        return "round"\n'
    expected = EXPECTED.replace('"circle"', '"round"')
    assert after(patch(f"{name}@@\n{HUNK}")) == expected
    assert after(patch(f"{HUNK}@@\n{name}")) == expected


def test_lines_left_out_between_two_changes_divide_a_hunk() -> None:
    body = f"{HUNK} class Square:\n     def __init__(self, side):\n-        self.side = side\n+        self.side = abs(side)\n"
    reading = read(patch(body))
    assert reading.after == EXPECTED.replace("= side", "= abs(side)")
    assert Repair("hunk divided", "line 4") in reading.repairs


def test_a_hunk_may_build_on_the_one_before_it() -> None:
    body = (
        "-import os\n+import sys\n \n \n class Circle:\n@@\n"
        " import sys\n+import re\n \n \n class Circle:\n"
    )
    assert after(patch(body)) == TEXT.replace("import os\n", "import sys\nimport re\n")


def test_a_hunk_that_was_sent_twice_counts_once() -> None:
    assert after(patch(f"{HUNK}@@\n{HUNK}")) == EXPECTED
