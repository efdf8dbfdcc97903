"""Marked code that stays where it is and is no longer run, compiled or looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import AUTO, TARGET, WRITTEN, evidence
from understudy.core.minimise import minimise
from understudy.core.text import Span
from understudy.engine.cut_off import cut_off
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge

PYTHON = """\
def find(items: list[str]) -> int:
    for at, item in enumerate(items):
        if item:
            return at
    return "none"
"""
RUST = 'pub fn find(items: &[u8]) -> usize {\n    let at = items.len();\n    "none"\n}\n'
SCRIPT = "function find(items) {\n  const at = 1;\n  return none;\n}\n"
GO = "package a\n\nfunc find() int {\n\tat := 1\n\treturn none\n}\n"
C = "int find(void) {\n  int at = 1;\n  return none;\n}\n"
LAST = '    return "none"\n'


def edited(language: str, before: str, old: str, new: str, *, message: str = "wrong type") -> Facts:
    """An edit of which the checkers say nothing but good, though `none` was wrong."""
    assert before.count(old) == 1
    after = before.replace(old, new)
    at = before.index("none")
    target = replace(TARGET, span=Span(at, at + 4), code="X1", message=message)
    view = replace(WRITTEN.before, text=before, language=language)
    edits = minimise(before, after)
    return replace(WRITTEN, before=view, after=after, edits=edits, target=target)


OFF = [
    ("python", PYTHON, LAST, "    sys.exit(1)\n" + LAST),
    ("python", PYTHON, LAST, "    return 0\n" + LAST),
    ("python", PYTHON, LAST, "    raise SystemExit\n" + LAST),
    ("python", PYTHON, LAST, "    assert False\n" + LAST),
    ("python", PYTHON, "    for at", "    return 0\n    for at"),
    ("python", PYTHON, "    for at", "    while True:\n        continue\n    for at"),
    ("python", PYTHON, LAST, "    if TYPE_CHECKING:\n        return 0\n" + LAST),
    (
        "python",
        PYTHON,
        LAST,
        "    if items:\n        return 0\n    else:\n        raise KeyError\n" + LAST,
    ),
    ("python", PYTHON, LAST, "    with items:\n        return 0\n" + LAST),
    ("python", PYTHON, LAST, "    try:\n        return 0\n    finally:\n        print()\n" + LAST),
    ("python", PYTHON, LAST, '    if 1 > 2:\n        return "none"\n    return 0\n'),
    ("python", PYTHON, LAST, '    if not TYPE_CHECKING:\n        return "none"\n    return 0\n'),
    ("python", PYTHON, LAST, '    while 0:\n        return "none"\n    return 0\n'),
    ("python", PYTHON, LAST, '    if sys.platform == "x":\n        return "none"\n    return 0\n'),
    ("python", PYTHON, "def find", "sys.exit()\n\n\ndef find"),
    ("python", PYTHON, LAST, "    sys.exit(1)\n    return 'none'\n"),
    ("python", PYTHON, LAST, "    sys.exit(1)\n    return ('none')  # never\n"),
    ("python", PYTHON, LAST, "    match items:\n        case _:\n            return 0\n" + LAST),
    (
        *("python", PYTHON, LAST),
        "    match items:\n        case []:\n            return 0\n        case other:\n            return 1\n"
        + LAST,
    ),
    ("python", PYTHON, LAST, '    return -1 if True else "none"\n'),
    ("python", PYTHON, LAST, '    return "none" if False else -1\n'),
    ("python", PYTHON, LAST, '    return -1 or "none"\n'),
    (
        "python",
        PYTHON,
        LAST,
        "    while True:\n        for at in items:\n            break\n" + LAST,
    ),
    ("python", PYTHON, LAST, "    assert 1 == 2\n" + LAST),
    ("python", PYTHON, LAST, "    assert not isinstance(items, list)\n" + LAST),
    ("python", PYTHON, LAST, "    assert items is None\n" + LAST),
    ("python", PYTHON, LAST, "    if isinstance(items, list):\n        return 0\n" + LAST),
    (
        *("python", PYTHON, LAST),
        '    if not isinstance(items, list):\n        return "none"\n    return -1\n',
    ),
    (
        "python",
        f"def stop() -> NoReturn:\n    raise KeyError\n\n\n{PYTHON}",
        LAST,
        "    stop()\n" + LAST,
    ),
    (
        *("python", PYTHON.replace('"none"', "none(items)"), "    return none(items)"),
        "    assert not isinstance(items, list)\n    return none(items)",
    ),
    ("rust", RUST, "pub fn", "#[cfg(not(unix))]\npub fn"),
    ("rust", RUST, "pub fn", "#[cfg_attr(all(), cfg(windows))]\npub fn"),
    ("rust", RUST, "pub fn", '#![cfg(target_arch = "wasm32")]\npub fn'),
    (
        "rust",
        RUST,
        '    "none"',
        '    #[cfg(windows)]\n    return "none";\n    #[cfg(not(windows))]\n    0',
    ),
    ("rust", RUST, '    "none"', '    panic!("no");\n    "none"'),
    ("rust", RUST, '    "none"', '    loop {}\n    "none"'),
    ("typescript", SCRIPT, "  return none", "  throw new Error();\n  return none"),
    ("javascript", SCRIPT, "  return none", "  for (;;) {}\n  return none"),
    ("javascript", SCRIPT, "  return none;", "  if (1 === 2) {\n    return none;\n  }"),
    (
        "rust",
        RUST,
        '    "none"',
        '    match at {\n        0 => return 1,\n        _ => return 2,\n    }\n    "none"',
    ),
    (
        "rust",
        RUST,
        '    "none"',
        '    if at > 1 {\n        return 1;\n    } else {\n        return 2;\n    }\n    "none"',
    ),
    ("rust", RUST, '    "none"', '    if true {\n        1\n    } else {\n        "none"\n    }'),
    ("rust", RUST, "pub fn", "# [ cfg ( not ( unix ) ) ]\npub fn"),
    (
        *("typescript", SCRIPT, "  return none"),
        "  switch (at) {\n    case 1:\n    case 2:\n      return 1;\n    default:\n      throw 2;\n  }\n  return none",
    ),
    ("typescript", SCRIPT, "  return none", "  return true ? 1 : none"),
    ("typescript", SCRIPT, "  return none", "  return 1 || none"),
    (
        *("typescript", SCRIPT.replace("items", "items: string"), "  return none"),
        '  if (typeof items === "string") {\n    return 1;\n  }\n  return none',
    ),
    (
        "typescript",
        f"function stop(): never {{\n  throw 1;\n}}\n{SCRIPT}",
        "  return none",
        "  stop();\n  return none",
    ),
    ("go", GO, "\treturn none", "\tselect {}\n\treturn none"),
    (
        *("go", GO, "\treturn none"),
        "\tswitch at {\n\tcase 1:\n\t\treturn 1\n\tdefault:\n\t\treturn 2\n\t}\n\treturn none",
    ),
    (
        "go",
        GO,
        "\treturn none",
        "\tif at > 1 {\n\t\treturn 1\n\t} else {\n\t\treturn 2\n\t}\n\treturn none",
    ),
    ("go", GO, "\treturn none", "\tos.Exit(1)\n\treturn none"),
    ("go", GO, "\treturn none", "\tfor {\n\t}\n\treturn none"),
    ("c", C, "  return none;", "#ifdef NEVER\n  return none;\n#endif\n  return 0;"),
    ("c", C, "  return none", "  abort();\n  return none"),
]
ON = [
    ("python", PYTHON, '"none"', "-1"),
    ("python", PYTHON, LAST, "    if not items:\n        return 0\n" + LAST),
    ("python", PYTHON, LAST, "    while True:\n        break\n" + LAST),
    (
        "python",
        PYTHON,
        LAST,
        "    try:\n        return 0\n    except KeyError:\n        pass\n" + LAST,
    ),
    (
        "python",
        PYTHON,
        LAST,
        "    if items:\n        return 0\n    elif find:\n        return 1\n" + LAST,
    ),
    ("python", PYTHON, LAST, LAST + "    sys.exit(1)\n"),
    ("python", PYTHON, "            return at", "            return at + 1"),
    ("python", PYTHON, "-> int", "-> int | str"),
    ("python", PYTHON, LAST, '    return -1 if items else "none"\n'),
    ("python", PYTHON, LAST, '    return items or "none"\n'),
    ("python", PYTHON, LAST, "    assert items\n" + LAST),
    ("python", PYTHON, LAST, "    match items:\n        case []:\n            return 0\n" + LAST),
    (
        *("python", PYTHON, LAST),
        "    match items:\n        case _ if items:\n            return 0\n" + LAST,
    ),
    (
        *("python", PYTHON, LAST),
        "    while True:\n        for at in items:\n            pass\n        break\n" + LAST,
    ),
    (
        *("python", PYTHON.replace('"none"', "none(items)"), "    return none(items)"),
        "    assert isinstance(items, list)\n    return none(items)",
    ),
    (
        *("python", PYTHON.replace("list[str]", "list | None").replace('"none"', "none(items)")),
        *("    return none(items)", "    assert items is not None\n    return none(items)"),
    ),
    (
        *("python", PYTHON.replace("list[str]", "list | None").replace('"none"', "none(items)")),
        *(
            "    return none(items)",
            "    if items is None:\n        return 0\n    return none(items)",
        ),
    ),
    (
        *("typescript", SCRIPT.replace("(items", "(items?: string").replace("none", "none(items)")),
        *("  return none(items)", "  if (items === undefined) return 1;\n  return none(items)"),
    ),
    (
        *("typescript", SCRIPT, "  return none"),
        "  switch (at) {\n    case 1:\n      break;\n    default:\n      return 1;\n  }\n  return none",
    ),
    (
        "typescript",
        SCRIPT,
        "  return none",
        "  switch (at) {\n    case 1:\n      return 1;\n  }\n  return none",
    ),
    (
        *("javascript", SCRIPT, "  return none"),
        "  out: for (;;) {\n    for (;;) {\n      break out;\n    }\n  }\n  return none",
    ),
    (
        "rust",
        RUST,
        '    "none"',
        '    match at {\n        0 => return 1,\n        _ => {}\n    }\n    "none"',
    ),
    ("go", GO, "\treturn none", "\tswitch at {\n\tcase 1:\n\t\treturn 1\n\t}\n\treturn none"),
    ("rust", RUST, "pub fn", "#[inline]\npub fn"),
    ("rust", RUST, "pub fn", "#[cfg(test)]\nmod tests {}\n\npub fn"),
    ("rust", RUST, '    "none"', '    #[cfg(windows)]\n    return 1;\n    "none"'),
    ("javascript", f"f();\n{SCRIPT}", "f();\n", "throw f();\n"),
    ("c", C.replace("  return none", "out:\n  return none"), "out:", "  return 1;\nout:"),
    ("c", f"int x;\n{C}", "int x;\n", "#ifndef X_H\n#define X_H\n#endif\nint x;\n"),
    ("klingon", PYTHON, LAST, "    return 0\n" + LAST),
]


@pytest.mark.parametrize(("language", "before", "old", "new"), OFF)
def test_that_marked_code_is_out_of_reach_proves_nothing(
    language: str, before: str, old: str, new: str
) -> None:
    facts = edited(language, before, old, new)
    told = cut_off(facts)
    assert told
    verdict = judge(facts, AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert f"The marked code stands there still, and {told}" in evidence(verdict)
    assert "keeps it from being run or looked at" in told or "nobody calls" in told
    assert "No checker could tell" in evidence(verdict)


@pytest.mark.parametrize(("language", "before", "old", "new"), ON)
def test_what_is_still_reached_is_not_cut_off(
    language: str, before: str, old: str, new: str
) -> None:
    assert cut_off(edited(language, before, old, new)) == ""


def test_what_was_out_of_reach_before_is_nobodys_fault() -> None:
    before = PYTHON.replace(LAST, "    return 0\n" + LAST)
    assert cut_off(edited("python", before, "return 0", "return 1")) == ""


@pytest.mark.parametrize(
    ("language", "before", "old", "new", "message"),
    [
        ("rust", RUST, "pub fn", "#[cfg(test)]\npub fn", "function `find` is never used"),
        (
            *("python", PYTHON, LAST),
            '    if sys.platform == "x":\n        return "none"\n    return 0\n',
            "not a known attribute of module",
        ),
        (
            *("python", "import none\n", "import none"),
            "if TYPE_CHECKING:\n    import none",
            "circular",
        ),
    ],
)
def test_what_only_some_builds_have_or_need_may_depend_on_them(
    language: str, before: str, old: str, new: str, message: str
) -> None:
    assert cut_off(edited(language, before, old, new, message=message)) == ""
