"""Marked code that stays, in a function nobody calls, a macro that drops it or a branch never chosen."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO, evidence
from tests.unit.engine.test_cut_off import GO, LAST, PYTHON, RUST, SCRIPT, C, edited
from understudy.engine.cut_off import cut_off
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

OFF = [
    ("python", PYTHON, LAST, '    def other():\n        return "none"\n    return 1\n'),
    (
        "python",
        PYTHON,
        LAST,
        '    async def other() -> str:\n        return "none"\n\n    return 1\n',
    ),
    ("python", PYTHON, LAST, '    f = lambda: "none"\n    return f and -1\n'),
    ("python", PYTHON, LAST, '    lambda: "none"\n    return -1\n'),
    ("python", PYTHON, LAST, '    return 1\n\n\ndef other():\n    return "none"\n'),
    (
        "python",
        PYTHON,
        LAST,
        '    match 1:\n        case 2:\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case str():\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case list():\n            return 1\n    return "none"\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case list() | tuple():\n            return 1\n    return "none"\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case None:\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case "x":\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match True:\n        case False:\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match 1:\n        case 1:\n            return 1\n        case _:\n            return "none"\n',
    ),
    ("typescript", SCRIPT, "  return none", "  const f = () => none;\n  return 1"),
    (
        "typescript",
        SCRIPT,
        "  return none;",
        "  function f() {\n    return none;\n  }\n  return 1;",
    ),
    (
        "typescript",
        SCRIPT,
        "  return none;",
        "  void function () {\n    return none;\n  };\n  return 1;",
    ),
    ("javascript", SCRIPT, "  return none;", "  (() => none);\n  return 1;"),
    (
        "javascript",
        SCRIPT,
        "  return none;",
        "  switch (1) {\n    case 2:\n      return none;\n  }\n  return 1;",
    ),
    ("go", GO, "\treturn none", "\tvar f = func() int {\n\t\treturn none\n\t}\n\treturn 1"),
    ("go", GO, "\treturn none", "\tif false {\n\t\treturn none\n\t}\n\treturn 1"),
    ("go", GO, "\treturn none", "\tswitch 1 {\n\tcase 2:\n\t\treturn none\n\t}\n\treturn 1"),
    ("go", GO, "\treturn none", "\tswitch {\n\tcase false:\n\t\treturn none\n\t}\n\treturn 1"),
    (
        "go",
        GO,
        "\treturn none",
        "\tconst off = false\n\tif off {\n\t\treturn none\n\t}\n\treturn 1",
    ),
    ("rust", RUST, '    "none"', '    let _f = || "none";\n    0'),
    ("rust", RUST, '    "none"', '    fn g() -> &\'static str {\n        "none"\n    }\n    0'),
    ("rust", RUST, '    "none"', '    if false {\n        return "none";\n    }\n    0'),
    (
        "rust",
        RUST,
        '    "none"',
        '    match 1 {\n        2 => return "none",\n        _ => 0,\n    }',
    ),
    (
        "rust",
        "macro_rules! gone { ($($t:tt)*) => {}; }\n" + RUST,
        '    "none"',
        '    gone!(return "none");\n    0',
    ),
    (
        "rust",
        RUST,
        'pub fn find(items: &[u8]) -> usize {\n    let at = items.len();\n    "none"',
        'macro_rules! gone {\n    ($($t:tt)*) => {\n        1\n    };\n}\n\npub fn find(items: &[u8]) -> usize {\n    gone! { return "none"; }',
    ),
    ("rust", RUST, '    "none"', '    stringify!("none").len()'),
    ("rust", RUST, "pub fn find", "#[cfg(any())]\npub fn find"),
    ("rust", RUST, '    "none"', '    #[cfg(any())]\n    return "none";\n    0'),
    ("c", C, "  return none;", "#if 0\n  return none;\n#endif\n  return 0;"),
    ("c", C, "  return none;", "#define GONE(x)\n  GONE(return none;)\n  return 0;"),
    ("c", C, "  return none;", "  if (0) {\n    return none;\n  }\n  return 0;"),
    ("c", C, "  return none;", "  switch (1) {\n  case 2:\n    return none;\n  }\n  return 0;"),
    ("cpp", C, "  return none;", "  auto f = [] { return none; };\n  return 0;"),
    (
        "csharp",
        "class A {\n  int F() {\n    return none;\n  }\n}\n",
        "    return none;",
        "#if false\n    return none;\n#endif\n    return 0;",
    ),
    (
        "csharp",
        "class A {\n  int F() {\n    return none;\n  }\n}\n",
        "    return none;",
        "    int G() {\n      return none;\n    }\n    return 0;",
    ),
    (
        "java",
        "class A {\n  int f() {\n    return none;\n  }\n}\n",
        "    return none;",
        "    java.util.function.Supplier<String> s = () -> none;\n    return 0;",
    ),
    (
        "java",
        "class A {\n  int f() {\n    return none;\n  }\n}\n",
        "    return none;",
        "    if (false) {\n      return none;\n    }\n    return 0;",
    ),
    (
        "kotlin",
        "fun f(): Int {\n    return none\n}\n",
        "    return none",
        "    val g = { none }\n    return 0",
    ),
    (
        "kotlin",
        "fun f(): Int {\n    return none\n}\n",
        "    return none",
        "    fun g() {\n        return none\n    }\n    return 0",
    ),
    (
        "swift",
        "func f() -> Int {\n    return none\n}\n",
        "    return none",
        "    func g() {\n        return none\n    }\n    return 0",
    ),
    (
        "php",
        "<?php\nfunction f() {\n    return none;\n}\n",
        "    return none;",
        "    $g = fn() => none;\n    return 0;",
    ),
    (
        "lua",
        "local function f()\n  return none\nend\nf()\n",
        "  return none",
        "  local function g()\n    return none\n  end\n  return 0",
    ),
]
ON = [
    ("python", PYTHON, LAST, '    def other():\n        return "none"\n    return other()\n'),
    ("python", PYTHON, LAST, '    return max([-1], key=lambda _: "none")\n'),
    (
        "python",
        PYTHON,
        LAST,
        '    @register\n    def other():\n        return "none"\n    return 1\n',
    ),
    ("python", PYTHON, LAST, '    def other():\n        return "none"\n    return run(other)\n'),
    ("python", PYTHON, LAST, '    return 1\n\n\ndef test_it():\n    return "none"\n'),
    ("python", PYTHON, LAST, '    return _other()\n\n\ndef _other():\n    return "none"\n'),
    ("typescript", SCRIPT, "  return none", "  const f = () => none;\n  return f()"),
    ("typescript", SCRIPT, "  return none", "  return items.map(() => none)"),
    ("typescript", SCRIPT, "  return none", "  return (() => none)()"),
    ("typescript", SCRIPT, "  return none", "  useEffect(() => {\n    return none;\n  })"),
    ("go", GO, "\treturn none", "\tdefer func() int {\n\t\treturn none\n\t}()\n\treturn 1"),
    ("go", GO, "\treturn none", "\tf := func() int { return none }\n\treturn f()"),
    ("rust", RUST, '    "none"', '    let f = || "none";\n    f().len()'),
    ("rust", RUST, '    "none"', '    items.iter().map(|_| "none")'),
    ("rust", RUST, '    "none"', '    println!("none")'),
    ("python", PYTHON, "def find(items: list[str]) -> int:", "def find(items: list[str]) -> str:"),
    (
        "python",
        PYTHON,
        LAST,
        '    match items:\n        case [_]:\n            return 0\n        case _:\n            return "none"\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    kind = items\n    match kind:\n        case "x":\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON.replace("items: list[str]", "items: str"),
        LAST,
        '    match items:\n        case "x":\n            return "none"\n    return 1\n',
    ),
    (
        "python",
        PYTHON,
        LAST,
        '    match len(items):\n        case 2:\n            return "none"\n    return 1\n',
    ),
    (
        "typescript",
        SCRIPT,
        "  return none;",
        "  switch (true) {\n    case at > 1:\n      return 1;\n    default:\n      return none;\n  }",
    ),
    (
        "go",
        GO,
        "\treturn none",
        "\tswitch {\n\tcase at > 1:\n\t\treturn 1\n\tdefault:\n\t\treturn none\n\t}",
    ),
    ("go", GO, "\treturn none", "\tif debug {\n\t\treturn none\n\t}\n\treturn 1"),
    (
        "rust",
        "macro_rules! keep { ($($t:tt)*) => { $($t)* }; }\n" + RUST,
        '    "none"',
        '    keep!("none").len()',
    ),
    ("c", C, "  return none;", "#define KEEP(x) x\n  KEEP(return none;)\n  return 0;"),
    ("c", C, "  return none;", "  switch (at) {\n  case 2:\n    return none;\n  }\n  return 0;"),
]


@pytest.mark.parametrize(("language", "before", "old", "new"), OFF)
def test_code_that_was_put_out_of_reach_is_told_with_why(
    language: str, before: str, old: str, new: str
) -> None:
    facts = edited(language, before, old, new)
    told = cut_off(facts)
    assert "nobody calls `" in told or "keeps it from being run or looked at" in told
    verdict = judge(facts, AUTO)
    assert verdict.band in {Band.REVIEW, Band.BLOCK}
    assert f"The marked code stands there still, and {told}" in evidence(verdict)


@pytest.mark.parametrize(("language", "before", "old", "new"), ON)
def test_code_that_is_called_chosen_or_kept_is_in_reach(
    language: str, before: str, old: str, new: str
) -> None:
    assert cut_off(edited(language, before, old, new)) == ""


def test_a_function_that_was_there_may_be_called_from_elsewhere() -> None:
    before = "def find(items):\n    return none\n"
    facts = edited("python", before, "def find(items):", "def find(items: list) -> int:")
    assert cut_off(facts) == ""
    facts = edited(
        "python", "class A:\n    def f(self):\n        return none\n", "f(self)", "g(self)"
    )
    assert cut_off(facts) == ""
