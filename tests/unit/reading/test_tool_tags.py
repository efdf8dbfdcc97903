from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.config.policy import Policy
from understudy.reading.fences import fenced
from understudy.reading.search_tags import has_tags, tagged_blocks
from understudy.reading.tagged import blocks_in
from understudy.reading.targets import Documents
from understudy.reading.told_pairs import begins_pair, told_pairs
from understudy.reading.tool_tags import plain_files, plain_parameters
from understudy.workspace.view import View

PIECES = st.lists(
    st.sampled_from(
        [
            '<parameter name="old_str">',
            '<parameter name="path">',
            "</parameter>",
            "a = 1",
            "\n",
            "<a>",
            "<write_to_file>",
            "<path>",
            "</path>",
            "<content>",
            "</content>",
            "</write_to_file>",
            '<boltAction type="file" filePath="a.py">',
            "</boltAction>",
            '<invoke name="x">',
        ]
    ),
    max_size=16,
).map("".join)


def test_named_parameters_are_tags_of_their_names() -> None:
    call = (
        '<invoke name="edit">\n<parameter name="file_path">a/b.py</parameter>\n'
        '<parameter name="old_string">x = 1</parameter>\n'
        '<parameter name="new_string">x = 2</parameter>\n</invoke>'
    )
    assert has_tags(call)
    (block,) = tagged_blocks(call, Documents(View("untitled:1", "", Policy()))).found
    assert (block.path, block.wanted, block.new) == ("a/b.py", ["x = 1"], ["x = 2"])


def test_a_file_keeps_every_character_between_the_tags_of_a_tool() -> None:
    body = "\n  x = '<content>'\r\n\n"
    for text in (
        f"<write_to_file>\n<path>a.py</path>\n<content>\n{body}</content>\n</write_to_file>",
        f'<boltAction type="file" filePath="a.py">\n{body}</boltAction>',
    ):
        (block,) = blocks_in(text, "python").blocks
        assert block.text == body
        assert "a.py" in block.info


@given(PIECES)
def test_tags_of_tools_never_stop_the_reader(text: str) -> None:
    plain = plain_files(plain_parameters(text))
    assert "parameter name=" not in plain
    assert text.count("a = 1") == plain.count("a = 1")


def test_only_pairs_that_are_told_are_edits() -> None:
    pair = "Replace\n```py\nx = 1\n```\n{words}\n```py\nx = 2\n```\n"
    for words, count in (("with", 1), ("with this:", 1), ("and look at", 0), ("", 0)):
        blocks = fenced(pair.format(words=words)).blocks
        assert len(told_pairs(blocks, "x = 1\n", "python")) == count
    assert begins_pair("Change this:\n```py\nx = 1\n```\n")
    assert not begins_pair("Here it is:\n```py\nx = 1\n```\n")
    assert not begins_pair("Nothing.")
