from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.reading.doubled import without_doubled
from understudy.reading.entries import LANGUAGES, entries
from understudy.reading.members import with_lone_members, with_members
from understudy.reading.parts_of_files import part_of

LINES = st.lists(
    st.sampled_from(
        [
            ".a {",
            "  color: red;",
            "}",
            "[t]",
            "a = 1",
            "<script setup>",
            "</script>",
            "SELECT a",
            ";",
            "def f(x)",
            "  x",
            "end",
            "function M.f()",
            "f() {",
            "key:",
            "  inner: 1",
            "- item",
            "{",
            '  "a": 1',
            "# c",
            "// ...",
            "class A",
            "  def g",
            "    y",
            "  end",
            "",
        ]
    ),
    max_size=14,
)
LANGUAGE = st.sampled_from(sorted(LANGUAGES))


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        (
            "css",
            "/* a */\n.a,\n.b {\n  x: y;\n}\n@media print {\n  .c {\n  }\n}",
            [".a", ".b", "@media print"],
        ),
        ("toml", 'x = 1\n[a]\nb = """\n"""\n[[a.b]]\n', ["a", "a.b"]),
        (
            "sql",
            "-- a\nCREATE TABLE t (\na int\n);\n\nSELECT b\nFROM t;",
            ["CREATE TABLE T", "SELECT B"],
        ),
        ("yaml", "a: 1\n# c\n'b': 2\n- c\n", ["a", "b"]),
        ("yaml", "a:\n  b: 1\n  c:\n    d: 2\n", ["b", "c"]),
        ("json", '{"a": {"b": 1, "c": 2}}', ["b", "c"]),
        ("json", "[1, 2]", ["[0]", "[1]"]),
        ("json", "{", []),
        ("lua", "local function f()\nend\nfunction M.g()\nend", ["f", "M.g"]),
        ("ruby", "class A\n  def f\n  end\nend\ndef self.g\nend", ["A", "self.g"]),
        ("shellscript", "set -e\nf() {\n}\nfunction g {\n}\nf", ["f", "g"]),
        (
            "vue",
            "<template>\n  <a/>\n</template>\n<script setup>\n</script>",
            ["template", "scriptsetup"],
        ),
    ],
)
def test_the_entries_of_a_file_are_found(language: str, text: str, keys: list[str]) -> None:
    assert [one.key for one in entries(text.split("\n"), language)] == keys


def test_what_follows_a_function_of_a_script_is_none_of_it() -> None:
    old = ["f() {", "  ls", "}", "g() {", "  ls", "}", "f", "g"]
    part = part_of(["g() {", "  cat", "}"], old, "shellscript")
    assert part.whole == ["f() {", "  ls", "}", "g() {", "  cat", "}", "f", "g"]


@given(LINES, LINES, LANGUAGE)
def test_a_part_of_a_file_takes_nothing_from_the_entries_that_it_lacks(
    new: list[str], old: list[str], language: str
) -> None:
    part = part_of(new, old, language)
    assert not (part.repairs and part.is_part)
    if part.whole is None:
        return
    before, after = ({one.key for one in entries(lines, language)} for lines in (old, part.whole))
    assert before <= after


@given(LINES, LINES, st.sampled_from(["ruby", "python", "lua", "csharp"]))
def test_members_are_only_ever_put_among_the_lines_of_a_file(
    new: list[str], old: list[str], language: str
) -> None:
    for find in (with_lone_members, with_members):
        done = find(new, old, language, [])
        assert done is None or set(map(str.strip, done)) <= {line.strip() for line in (*new, *old)}


def test_a_member_with_a_name_of_two_classes_has_no_place() -> None:
    file = [
        "class A",
        "  def g",
        "    1",
        "  end",
        "end",
        "class B",
        "  def g",
        "    2",
        "  end",
        "end",
    ]
    assert with_lone_members(["def g", "  3", "end"], file, "ruby", []) is None
    one = with_lone_members(["def g", "  3", "end"], file[:5], "ruby", [])
    assert one == ["class A", "  def g", "    3", "  end", "end"]


def test_a_new_member_above_a_mark_belongs_nowhere_certain() -> None:
    file = ["class A {", "  f() {", "    a();", "  }", "}"]
    new = ["  g() {", "    b();", "  }"]
    assert with_members(["class A {", *new, "  // ...", "}"], file, "typescript", []) is None
    below = with_members(["class A {", "  // ...", *new, "}"], file, "typescript", [])
    assert below == [*file[:4], "", *new, "}"]


@given(LINES, st.integers(0, 13), st.integers(1, 4), LINES)
def test_what_an_edit_takes_from_its_own_place_is_never_left_out(
    file: list[str], start: int, size: int, new: list[str]
) -> None:
    place = range(min(start, len(file)), min(start + size, len(file)))
    done = without_doubled(file, place, list(new), "ruby")
    assert done.place.stop == place.stop
    after = [*file[: done.place.start], *done.new, *file[done.place.stop :]]
    known = {line.strip() for line in [*file[: place.start], *new, *file[place.stop :]]}
    lost = {line.strip() for line in file[done.place.start : place.start]}
    assert known - lost <= {line.strip() for line in after} | {""}


@pytest.mark.parametrize(
    ("language", "before", "block", "lost"),
    [
        ("json", '{"a": 1, "b": [1, 2]}', '{"a": 2}', ("b",)),
        ("json", '{"a": {"x": 1}, "b": 2, "c": 3}', '{"a": {"x": 2}}', ("b", "c")),
        ("json", '{"all": {"x": 1, "y": 2, "z": 3}}', '{"all": {"x": 2}}', ("y", "z")),
        ("yaml", "a:\n  x: 1\nb: 2\nc: 3", "a:\n  x: 2", ("b", "c")),
        ("yaml", "all:\n  x: 1\n  y: 2\n  z: 3", "all:\n  x: 2", ("y", "z")),
    ],
)
def test_only_what_a_block_lacks_is_told_to_be_lost(
    language: str, before: str, block: str, lost: tuple[str, ...]
) -> None:
    part = part_of(block.split("\n"), before.split("\n"), language)
    assert (part.is_part, part.lost) == (True, lost)
