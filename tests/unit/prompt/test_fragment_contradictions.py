from __future__ import annotations

import pytest

from understudy.config.settings import Settings
from understudy.engine.fragment_world import fragment_world
from understudy.prompt.checking import troubles_of
from understudy.prompt.fragment import read_fragment
from understudy.prompt.library import BUILT_IN, load_library

FRONT = "id: a\nslot: task\n"


def codes(front: str, body: str = "x") -> set[str]:
    reading = read_fragment(f"---\n{front}---\n{body}\n", "a", "user", "a.md")
    assert reading.fragment is not None
    library = load_library(None).with_fragment(reading.fragment)
    return {one.code for one in troubles_of(reading, library, fragment_world(Settings()))}


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("front", "body", "code"),
    [
        ("requires: [task-fix, b]\nconflicts: b\n", "x", "contradiction"),
        ("conflicts: a\n", "x", "contradiction"),
        ("when:\n  taskKind: explain\n  asks: fix\n", "x", "never_selected"),
        ("when:\n  taskKind: fix\n  asks: [words, change]\n", "x", "never_selected"),
        ('when:\n  language: [python, "!python"]\n', "x", "never_selected"),
        ('when:\n  model: [acme/one, "!acme/*"]\n', "x", "never_selected"),
        ("when:\n  hasDiagnostics: false\n  has: problem\n", "x", "never_selected"),
        ('when:\n  hasDiagnostics: "!true"\n  has: [wish, problems]\n', "x", "never_selected"),
        ("when:\n  hasDiagnostics: false\n  asks: fix\n", "x", "never_selected"),
        ('when:\n  hasDiagnostics: false\n  asks: "fi*"\n', "x", "never_selected"),
        ('when:\n  hasDiagnostics: false\n  asks: ["!change", "!words"]\n', "x", "never_selected"),
        ("when:\n  asks: words\n  has: problem\n", "x", "never_selected"),
        ("when:\n  asks: [change, words]\n  has: [files, problem]\n", "x", "never_selected"),
        ('when:\n  asks: "!words"\n  has: problems\n', "x", "never_selected"),
        ("when:\n  strategy: nosuch\n", "x", "never_selected"),
        (
            'when:\n  hasDiagnostics: true\n  has: ["!problem", "!problems"]\n',
            "x",
            "never_selected",
        ),
        ('when:\n  has: [wish, files, "!wish"]\n', "x", "never_selected"),
        ("", "Do not think aloud. Use <think> first.", "contradiction"),
        ("", "Never use code fences.", "contradiction"),
        ("when:\n  editFormat: region\n", "Never use code fences.", "contradiction"),
    ],
)
def test_what_can_not_be_is_said(front: str, body: str, code: str) -> None:
    assert code in codes(FRONT + front, body)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("when:\n  taskKind: [explain, fix]\n  asks: words\n", "x"),
        ('when:\n  taskKind: "!explain"\n  asks: change\n', "x"),
        ('when:\n  language: [python, java, "!python"]\n', "x"),
        ("when:\n  hasDiagnostics: true\n  has: problem\n", "x"),
        ("when:\n  asks: [fix, words]\n  has: problem\n", "x"),
        ("when:\n  strategy: show_finding\n", "x"),
        ('when:\n  hasDiagnostics: true\n  has: ["!problem"]\n', "x"),
        ("when:\n  hasDiagnostics: [true, false]\n  has: problem\n", "x"),
        ("when:\n  hasDiagnostics: false\n  asks: [fix, change]\n", "x"),
        ("", "Do not think aloud."),
        ("when:\n  asks: words\n", "Never use code fences."),
        ("when:\n  editFormat: search_replace\n", "Never use code fences."),
    ],
)
def test_what_can_be_is_left_in_peace(front: str, body: str) -> None:
    assert not {"contradiction", "never_selected"} & codes(FRONT + front, body)


@pytest.mark.usefixtures("home")
def test_the_built_in_fragments_agree_with_every_format() -> None:
    world, library = fragment_world(Settings()), load_library(None)
    for file in sorted(BUILT_IN.iterdir()):
        reading = read_fragment(file.read_text("utf-8"), file.stem, "built-in", str(file))
        assert [one for one in troubles_of(reading, library, world) if one.severity != "hint"] == []
