from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.edit_formats.texts import document, whole
from understudy.edit_formats import FileChange, Reading, Region
from understudy.edit_formats.json import EDIT_FORMAT
from understudy.reading import Match, Refusal, UnreadableError
from understudy.reading.contract import SCHEMA, problems

TEXT = "import os\n\n\ndef f():\n    return reslt\n\n\ndef g():\n    return 2\n"
EXPECTED = TEXT.replace("reslt", "result")
OLD, NEW = "    return reslt", "    return result"
EDIT = {"path": "src/a.py", "kind": "replace", "old": OLD, "new": NEW}


def read(reply: Any, where: Region | None = None) -> Reading:
    text = reply if isinstance(reply, str) else json.dumps(reply)
    return EDIT_FORMAT.read(text, where or whole(TEXT))


def refused(reply: Any, where: Region | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(reply, where)
    return caught.value


@pytest.mark.parametrize(
    "reply",
    [
        {"version": 1, "edits": [EDIT]},
        {"edits": [{**EDIT, "anchor": None, "why": "typo"}]},
        [EDIT],
        EDIT,
        {"changes": [EDIT]},
        {"file_path": "src/a.py", "old_string": OLD, "new_string": NEW},
        {"filePath": "src/a.py", "oldString": OLD, "newString": NEW},
        {"path": "a.py", "search": OLD, "replace": NEW},
        {"command": "str_replace", "path": "src/a.py", "old_str": OLD, "new_str": NEW},
        {"file_path": "src/a.py", "edits": [{"old_string": OLD, "new_string": NEW}]},
        {"name": "edit", "arguments": json.dumps({"edits": [EDIT]})},
        {"type": "tool_use", "name": "edit", "input": {"edits": [EDIT]}},
        {"edits": [EDIT | {"old": "reslt", "new": "result"}]},
        {"edits": [EDIT | {"old": OLD + "\n", "new": NEW + "\n"}]},
        {"edits": [{"old": OLD, "new": NEW}]},
        "Sure:\n```json\n" + json.dumps({"edits": [EDIT]}, indent=2) + "\n```\nDone.",
        json.dumps({"edits": [EDIT]}).replace("}]", "},]"),
        json.dumps({"edits": [EDIT]}).replace("src/a.py", "src\\a.py"),
        json.dumps(json.dumps({"edits": [EDIT]})),
    ],
)
def test_edits_are_read_in_the_spellings_of_many_tools(reply: Any) -> None:
    assert read(reply).after == EXPECTED


def test_one_edit_for_each_line_is_a_list_of_them() -> None:
    second = EDIT | {"old": "    return 2", "new": "    return 3"}
    reading = read(f"{json.dumps(EDIT)}\n{json.dumps(second)}\n")
    assert reading.after == EXPECTED.replace("return 2", "return 3")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"kind": "insert", "anchor": "import os", "new": "import re"}, "import os\nimport re\n"),
        ({"kind": "insert", "anchor": "", "new": "# Top."}, "# Top.\nimport os\n"),
        ({"kind": "delete", "old": "import os\n"}, ""),
        ({"kind": "replace", "old": "import os", "new": "import re"}, "import re\n"),
    ],
)
def test_each_kind_of_edit_does_what_it_says(edit: dict[str, str], expected: str) -> None:
    reading = read({"edits": [{"path": "src/a.py", **edit}]})
    assert reading.after == TEXT.replace("import os\n", expected)


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "insert", "anchor": "import os", "new": "import regex"},
        {"kind": "insert", "anchor": "", "new": "# The top of the file."},
        EDIT,
    ],
)
def test_an_edit_made_twice_changes_nothing_more(edit: dict[str, str]) -> None:
    reply = {"edits": [{"path": "src/a.py", **edit}]}
    once = read(reply).after
    again = read(reply, whole(once))
    assert (again.after, again.match) == (once, Match.ALREADY)


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        ({"edits": [EDIT | {"old": "    return nothing"}]}, Refusal.NOT_FOUND),
        ({"edits": [EDIT | {"old": "\n\n"}]}, Refusal.AMBIGUOUS),
        ({"edits": [EDIT | {"new": OLD}]}, Refusal.NO_CHANGE),
        ({"edits": [EDIT | {"new": "    # ... rest of the code ..."}]}, Refusal.ELIDED),
        ({"edits": [EDIT | {"kind": "explode"}]}, Refusal.MALFORMED),
        ({"edits": [EDIT | {"new": 3}]}, Refusal.MALFORMED),
        ({"edits": [EDIT | {"path": "src/b.py"}]}, Refusal.OTHER_FILE),
        ({"edits": [{"path": "src/a.py", "kind": "delete"}]}, Refusal.OTHER_FILE),
        ({"edits": [{"path": "src/c.py", "kind": "create", "new": "x"}]}, Refusal.OTHER_FILE),
        ({"edits": [EDIT | {"path": "../a.py"}]}, Refusal.UNSAFE_PATH),
        ({"edits": [EDIT | {"path": "/etc/passwd"}]}, Refusal.UNSAFE_PATH),
        ({"edits": [{"path": "src/a.py", "kind": "create", "new": "x"}]}, Refusal.MALFORMED),
        ({"edits": [], "summary": "It is right."}, Refusal.NO_EDIT),
        ({"questions": ["Which name?"]}, Refusal.NO_EDIT),
        ({"answer": "yes"}, Refusal.MALFORMED),
        ("Rename it.", Refusal.NO_EDIT),
        ('{"edits": [{"path": "src/a.py", "old": "x"', Refusal.TRUNCATED),
        (json.dumps({"edits": [EDIT]})[:-1], Refusal.TRUNCATED),
    ],
)
def test_a_reply_without_a_clear_edit_is_refused_by_name(reply: Any, refusal: Refusal) -> None:
    assert refused(reply).refusal is refusal


def test_what_was_wrong_is_told_with_its_place() -> None:
    error = refused({"edits": [EDIT, EDIT | {"new": 3}]})
    assert "`edits[1].new`: expected a string, got a number." in error.teaching


def test_high_risks_are_kept() -> None:
    reply = json.dumps({"edits": [EDIT]})
    assert read(reply.replace('"kind"', '"path": "src/a.py", "kind"')).risk == "high"
    assert read({"edits": [EDIT], "done": False}).risk == "high"
    assert read(reply).risk == "none"


def test_what_the_model_says_and_asks_is_kept() -> None:
    reading = read({"summary": "A typo.", "edits": [EDIT], "questions": ["Right?"]})
    assert (reading.prose, reading.questions) == ("A typo.", ("Right?",))


def test_other_files_change_only_where_that_was_offered() -> None:
    view = document(TEXT)
    other = document("x = 1\n", "python", "src/b.py")
    where = Region(view, range(len(view.index)), {"src/b.py": other}, may_create=True)
    reply = {
        "edits": [
            EDIT,
            {"path": "src/b.py", "kind": "rename", "new": "src/d.py"},
            {"path": "src/c.py", "kind": "create", "new": "y = 1\n"},
        ]
    }
    reading = read(reply, where)
    assert reading.after == EXPECTED
    assert set(reading.others) == {
        FileChange("src/b.py", "x = 1\n", "src/d.py"),
        FileChange("src/c.py", "y = 1\n"),
    }
    deleting = read({"edits": [{"path": "src/b.py", "kind": "delete"}]}, where)
    assert deleting.others == (FileChange("src/b.py", None),)
    unsafe = {"edits": [{"path": "src/b.py", "kind": "rename", "new": "../d.py"}]}
    assert refused(unsafe, where).refusal is Refusal.UNSAFE_PATH


def test_complete_edits_are_shown_while_others_are_written() -> None:
    second = EDIT | {"old": "    return 2", "new": "    return 3"}
    reply = json.dumps({"edits": [EDIT, second]})
    seen: list[tuple[int, str | None]] = []
    for length in range(len(reply) + 1):
        progress = EDIT_FORMAT.watch(reply[:length], whole(TEXT))
        if (progress.finished, progress.after) not in seen:
            seen.append((progress.finished, progress.after))
    both = EXPECTED.replace("return 2", "return 3")
    assert [after for _, after in seen if after] == [EXPECTED, both] or [
        after for _, after in seen[:3]
    ] == [None, EXPECTED, both]


def test_an_edit_without_a_place_makes_a_reply_hopeless_at_once() -> None:
    reply = json.dumps({"edits": [EDIT | {"old": "nowhere"}, EDIT]})
    assert EDIT_FORMAT.watch(reply[: reply.index("}, {") + 4], whole(TEXT)).hopeless


def test_the_schema_fits_what_is_written_and_the_rules_of_strict_modes() -> None:
    json.dumps(dict(SCHEMA))
    written = json.loads(EDIT_FORMAT.write(whole(TEXT), EXPECTED))
    assert problems(written) == []
    assert set(written) == set(SCHEMA["required"]) == set(SCHEMA["properties"])
    items = SCHEMA["properties"]["edits"]["items"]
    assert set(written["edits"][0]) == set(items["required"]) == set(items["properties"])
