from __future__ import annotations

from pathlib import Path

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region
from understudy.edit_formats.search_replace import EDIT_FORMAT
from understudy.reading import Match, Refusal, UnreadableError
from understudy.workspace.view import View

TEXT = """\
import os


class A:
    def f(self):
        return reslt

    def g(self):
        return 2
"""
FIXED = TEXT.replace("reslt", "result")
OLD, NEW = "        return reslt\n", "        return result\n"


def view(text: str, name: str = "src/a.py") -> View:
    return View(f"file:///w/{name}", text, Policy(), path=Path("/w", name), root=Path("/w"))


def region(text: str = TEXT, others: dict[str, View] | None = None, *, new: bool = False) -> Region:
    lines = range(text.count("\n") + 1)
    return Region(view(text), lines, others or {}, may_create=new)


def block(old: str, new: str) -> str:
    return f"<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n"


def read(reply: str, text: str = TEXT) -> Reading:
    return EDIT_FORMAT.read(reply, region(text))


def refusal(reply: str, where: Region | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        EDIT_FORMAT.read(reply, where or region())
    assert caught.value.teaching
    return caught.value


@pytest.mark.parametrize(
    "reply",
    [
        block(OLD, NEW),
        f"src/a.py\n{block(OLD, NEW)}",
        f"**src/a.py**\n```python\n{block(OLD, NEW)}```\n",
        f"```python\nsrc/a.py\n{block(OLD, NEW)}```\n",
        f"```python\n# src/a.py\n{block(OLD, NEW)}```\n",
        f"```python src/a.py\n{block(OLD, NEW)}```\n",
        f"Here you are.\n\n### `a.py`:\n\n{block(OLD, NEW)}\nI fixed the name.",
        f"<<<<<<< SEARCH>\n{OLD}=======\n{NEW}>>>>>>> REPLACE>\n",
        f"<<<<< SEARCH\n{OLD}=====\n{NEW}>>>>> REPLACE\n",
        f"<<<<<<<<< SEARCH\n{OLD}=========\n{NEW}>>>>>>>>> REPLACE",
        f"<<<<<<< SEARCH\n{OLD}=======\n{NEW}>>>>>>>\n",
        f"<<<<<<< SEARCH src/a.py\n{OLD}=======\n{NEW}>>>>>>> REPLACE\n",
        f"<<<<<<< ORIGINAL\n{OLD}=======\n{NEW}>>>>>>> UPDATED\n",
        f"------- SEARCH\n{OLD}=======\n{NEW}+++++++ REPLACE\n",
        f"<<<<<<< SEARCH\n:start_line:6\n:end_line:6\n-------\n{OLD}=======\n{NEW}>>>>>>> REPLACE\n",
        f"<old_text line=6>\n{OLD}</old_text>\n<new_text>\n{NEW}</new_text>\n",
        f'<edits path="src/a.py">\n<search>\n{OLD}</search>\n<replace>\n{NEW}</replace>\n</edits>',
        f"```xml\n<old_string>{OLD}</old_string><new_string>{NEW}</new_string>\n```",
        f"---FILEPATH src/a.py\n---FIND\n```\n{OLD}```\n---REPLACE\n```\n{NEW}```\n---COMPLETE\n",
        f"- Fix:\n\n  ```\n  <<<<<<< SEARCH\n  {OLD}  =======\n  {NEW}  >>>>>>> REPLACE\n  ```\n",
        f"<think>{block('a', 'b')}</think>\n{block(OLD, NEW)}",
        block(OLD, NEW).replace("\n", "\r\n"),
        f"\ufeff{block(OLD, NEW)}",
        block(OLD, NEW) + block(OLD, NEW),
        block(OLD, NEW) + block("import os\n", "import os\n"),
        block(f"6 | {OLD}", f"6 | {NEW}"),
        block(f"    def f(self):\\n{OLD}", f"    def f(self):\\n{NEW}"),
        block("return reslt   \n", "return result\n"),
    ],
)
def test_a_block_is_read_in_every_spelling(reply: str) -> None:
    assert EDIT_FORMAT.claims(reply)
    assert read(reply).after == FIXED
    assert EDIT_FORMAT.read(reply, region(FIXED)).after == FIXED


def test_what_stands_around_the_blocks_is_prose() -> None:
    reply = f"The name is wrong.\n\nsrc/a.py\n```python\n{block(OLD, NEW)}```\nDone."
    assert read(reply).prose == "The name is wrong.\n\nDone."
    assert not EDIT_FORMAT.claims("```python\nx = 1\n```")
    assert not EDIT_FORMAT.claims("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n")


def test_blocks_are_carried_out_in_order() -> None:
    reply = block(OLD, NEW) + block("        return 2\n", "        return 3\n")
    assert read(reply).after == FIXED.replace("return 2", "return 3")
    twice = block(OLD, NEW) + block(NEW, "        return results\n")
    assert read(twice).after == TEXT.replace("reslt", "results")


def test_lines_that_a_block_moved_are_taken_from_where_they_were() -> None:
    method = "    def g(self):\n        return 2\n"
    moved = block("class A:\n", f"class A:\n{method}\n") + block(f"\n{method}", "")
    after = TEXT.replace(f"\n{method}", "").replace("class A:\n", f"class A:\n{method}\n")
    assert read(moved).after == after
    assert read(moved, after).after == after


def test_blocks_that_want_the_same_lines_are_refused() -> None:
    both = "    def f(self):\n"
    reply = block(OLD, NEW) + block(both + OLD, both + "        return os.name\n")
    assert refusal(reply).refusal is Refusal.OVERLAPPING


def test_all_blocks_or_none_are_carried_out() -> None:
    reply = block(OLD, NEW) + block("        return 3\n", "        return 4\n")
    error = refusal(reply)
    assert error.refusal is Refusal.NOT_FOUND
    assert "1 of the 2 blocks" in str(error)
    assert "        return 3" in error.teaching
    assert "        return 2" in error.teaching
    assert "Nothing was changed" in error.teaching


def test_a_replacement_that_is_there_is_told_about() -> None:
    error = refusal(block("    nothing like it\n", OLD))
    assert "in the file already" in error.teaching


def test_blocks_that_change_nothing_are_dropped() -> None:
    reading = read(block("import os\n", "import os\n") + block(OLD, NEW))
    assert [repair.what for repair in reading.repairs] == ["block without a change"]
    assert refusal(block(OLD, OLD)).refusal is Refusal.NO_CHANGE


def test_an_edit_that_is_there_leaves_the_document_unchanged() -> None:
    reading = EDIT_FORMAT.read(block(OLD, NEW), region(FIXED))
    assert (reading.after, reading.match) == (FIXED, Match.ALREADY)


def test_an_empty_text_is_only_looked_for_in_an_empty_file() -> None:
    assert read(block("", "x = 1\n"), "").after == "x = 1\n"
    assert read(block("", "x = 1\n"), "\n").after == "x = 1\n"
    assert "empty or new file" in refusal(block("", "x = 1\n")).teaching


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("", Refusal.EMPTY),
        ("The name is wrong.", Refusal.NO_EDIT),
        ("I'm sorry, but I can't help with that.", Refusal.DECLINED),
        (f"<<<<<<< SEARCH\n{OLD}", Refusal.TRUNCATED),
        (f"{block(OLD, NEW)}<<<<<<< SEARCH\n{OLD}=======\n{NEW}", Refusal.TRUNCATED),
        (f"<search>\n{OLD}</search>\n<replace>\n", Refusal.TRUNCATED),
        (f"<<<<<<< SEARCH\n{OLD}=======\n{NEW}{block(OLD, NEW)}", Refusal.MALFORMED),
        (f"<<<<<<< SEARCH\n{OLD}>>>>>>> REPLACE\n", Refusal.MALFORMED),
        (block("import os\n", "import sys\n") + "x\n>>>>>>> REPLACE\n", Refusal.AMBIGUOUS),
        (block(f"    def f(self):\n{OLD}", "    # ... existing code ...\n"), Refusal.ELIDED),
        (block(f"class A:\n...\n{OLD}", f"class A:\n{NEW}"), Refusal.ELIDED),
        (f"src/b.py\n{block(OLD, NEW)}", Refusal.OTHER_FILE),
        (f"../../etc/b.py\n{block(OLD, NEW)}", Refusal.UNSAFE_PATH),
    ],
)
def test_what_can_not_be_read_is_named(reply: str, expected: Refusal) -> None:
    assert refusal(reply).refusal is expected


def test_two_places_are_refused_unless_a_line_is_named() -> None:
    text = "def f():\n    return 1\n\n\ndef g():\n    return 1\n"
    error = refusal(block("    return 1\n", "    return 2\n"), region(text))
    assert error.refusal is Refusal.AMBIGUOUS
    assert "lines 2, 6" in error.teaching
    reply = block(":start_line:6\n-------\n    return 1\n", "    return 2\n")
    reading = read(reply, text)
    assert reading.after == "def f():\n    return 1\n\n\ndef g():\n    return 2\n"
    assert reading.risk == "low"
    narrow = Region(view(text), range(4, 6))
    assert (
        EDIT_FORMAT.read(block("    return 1\n", "    return 2\n"), narrow).after == reading.after
    )


def test_left_out_lines_may_stand_on_both_sides() -> None:
    reading = read(block(f"class A:\n...\n{OLD}", f"class B:\n...\n{NEW}"))
    assert reading.after == FIXED.replace("class A", "class B")
    assert reading.match is Match.ELISION


def test_stale_context_around_lines_that_are_there_is_only_a_proposal() -> None:
    reading = read(
        block(TEXT.replace("return 2", "return 22"), FIXED.replace("return 2", "return 22"))
    )
    assert (reading.after, reading.match, reading.risk) == (FIXED, Match.SIMILAR, "high")


def test_line_ends_the_bom_and_a_missing_last_end_stay() -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n").rstrip()
    expected = "\ufeff" + FIXED.replace("\n", "\r\n").rstrip()
    assert read(block(OLD, NEW), text).after == expected
    first = block("import os\n", "import os\nimport sys\n")
    assert read(first, text).after == text.replace("import os", "import os\r\nimport sys")
    last = block("        return 2\n", "        return 2\n\n    x = 1\n")
    assert read(last, text).after == f"{text}\r\n\r\n    x = 1"


def test_entities_are_decoded_only_where_the_file_has_none() -> None:
    reply = block("if a &lt; b:\n", "if a &lt;= b:\n")
    assert read(reply, "if a < b:\n    pass\n").after == "if a <= b:\n    pass\n"
    html = "a &lt; b\nif a < b:\n"
    assert refusal(reply, region(html)).refusal is Refusal.NOT_FOUND


def test_part_of_a_line_must_be_whole_words_and_unique() -> None:
    assert refusal(block("resl\n", "result\n")).refusal is Refusal.NOT_FOUND
    assert refusal(block("self\n", "this\n")).refusal is Refusal.NOT_FOUND
    assert read(block("reslt\n", "result\n")).after == FIXED
    reading = read("<old_string>return 2</old_string><new_string>return 3</new_string>")
    assert reading.after == TEXT.replace("return 2", "return 3")


RST = "Title\n=======\n\nText.\n"


def test_rows_of_signs_in_the_file_are_told_from_the_divider() -> None:
    reading = read(block("Title\n=======\n", "Other\n=======\n"), RST)
    assert reading.after == RST.replace("Title", "Other")
    assert reading.risk == "high"
    longer = RST.replace("=======", "========")
    reading = read(block("Title\n========\n", "Other\n========\n"), longer)
    assert (reading.after, reading.risk) == (longer.replace("Title", "Other"), "none")
    escaped = read(block("Title\n\\=======\n", "Other\n\\=======\n"), RST)
    assert (escaped.after, escaped.risk) == (RST.replace("Title", "Other"), "none")


def test_conflict_marks_in_the_file_are_resolved() -> None:
    conflict = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\nd\n"
    marks = "<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n"
    assert read(block(marks, "c\n"), conflict).after == "a\nc\nd\n"


def test_other_files_are_changed_by_their_paths() -> None:
    others = {"src/b.py": view("x = 1\n", "src/b.py"), "lib/c.py": view("y = 1\n", "lib/c.py")}
    reply = f"b.py\n{block('x = 1', 'x = 2')}".replace("1=", "1\n=").replace("2>", "2\n>")
    reading = EDIT_FORMAT.read(f"{reply}\nsrc/a.py\n{block(OLD, NEW)}", region(others=others))
    assert reading.after == FIXED
    assert [(one.path, one.after) for one in reading.others] == [("src/b.py", "x = 2\n")]


def test_files_are_created_where_that_is_allowed() -> None:
    reply = f"src/new.py\n{block('', 'x = 1' + chr(10))}"
    reading = EDIT_FORMAT.read(reply, region(new=True))
    assert [(one.path, one.after) for one in reading.others] == [("src/new.py", "x = 1\n")]
    assert refusal(reply).refusal is Refusal.OTHER_FILE


def test_a_document_without_a_path_is_meant_by_any() -> None:
    where = Region(View("untitled:1", TEXT, Policy()), range(9))
    assert EDIT_FORMAT.read(f"main.py\n{block(OLD, NEW)}", where).after == FIXED


def test_complete_blocks_are_seen_early_and_partial_ones_never() -> None:
    reply = block(OLD, NEW) + block("        return 2\n", "        return 3\n")
    first = reply.index(">>>>>>> REPLACE\n") + len(">>>>>>> REPLACE\n")
    for end in range(len(reply) + 1):
        progress = EDIT_FORMAT.watch(reply[:end], region())
        assert not progress.hopeless
        assert progress.finished == (end >= first) + (end == len(reply))
        assert (
            progress.after
            == (None, FIXED, FIXED.replace("return 2", "return 3"))[progress.finished]
        )


def test_a_block_that_has_no_place_is_hopeless_and_prose_is_not() -> None:
    assert EDIT_FORMAT.watch(block("nothing\n", "x\n"), region()).hopeless
    assert EDIT_FORMAT.watch(f"<<<<<<< SEARCH\na\n{block(OLD, NEW)}", region()).hopeless
    assert not EDIT_FORMAT.watch("I think that it is so. " * 400, region()).hopeless
    assert not EDIT_FORMAT.watch(f"<<<<<<< SEARCH\n{OLD}=======\n{NEW}>>>>>>>\n", region()).finished
    assert not EDIT_FORMAT.watch(f"<think>\n{block('nothing', 'x')}", region()).hopeless


def test_the_rules_name_the_file_and_the_marks() -> None:
    rules = EDIT_FORMAT.rules(region())
    assert "`src/a.py`" in rules
    assert all(mark in rules for mark in ("<<<<<<< SEARCH\n", "\n=======\n", "\n>>>>>>> REPLACE"))


def test_a_text_that_is_nowhere_is_no_edit_that_a_common_line_shows() -> None:
    assert refusal(block("import sys\n", "import os\n")).refusal is Refusal.NOT_FOUND
