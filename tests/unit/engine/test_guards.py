"""Guards above the marked code: of values with odd names, and those that only look like guards."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO
from tests.unit.engine.test_cut_off import edited
from understudy.engine.cut_off import cut_off
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

C = "int first(FILE *in) {\n  return none(in);\n}\n"
JAVA = "class A {\n  int first(InputStream in) {\n    return none(in);\n  }\n}\n"
SCRIPT = "function first(is, or, os) {\n  return none(is, or);\n}\n"
GO = "package a\n\nfunc First(in *Node) int {\n\treturn none(in)\n}\n"
RUST = "pub fn first(or: Option<u32>) -> u32 {\n    none(or)\n}\n"
SHARP = "class A {\n  int F(string and) {\n    return none(and);\n  }\n}\n"
PHP = "<?php\nfunction first($in) {\n    return none;\n}\n"
RUBY = "def first(it)\n  none\nend\n"
KOTLIN = "fun first(it: Int): Int {\n    return none\n}\n"
SWIFT = "func first(it: Int) -> Int {\n    return none\n}\n"
SHELL = "first() {\n  none\n}\n"
CPP = "int first(int at) {\n  return none;\n}\n"
GUARDS = [
    ("c", C, "  return", "  if (in == NULL) {\n    return -1;\n  }\n"),
    ("c", C, "  return", "  if (!in) abort();\n"),
    ("java", JAVA, "    return", "    if (in == null) {\n      throw new Bad();\n    }\n"),
    ("java", JAVA, "    return", "    if (null != in && in == null) {\n      return -1;\n    }\n"),
    ("typescript", SCRIPT, "  return", "  if (is === undefined) {\n    return 0;\n  }\n"),
    ("typescript", SCRIPT, "  return", "  if (!or) {\n    return 0;\n  }\n"),
    ("typescript", SCRIPT, "  return", '  if (os.name === "x") {\n    return 0;\n  }\n'),
    ("javascript", SCRIPT, "  return", '  if (!$("#a")[0]) {\n    return 0;\n  }\n'),
    ("go", GO, "\treturn", "\tif in == nil {\n\t\treturn 0\n\t}\n"),
    ("rust", RUST, "    none", "    if or == None {\n        return 0;\n    }\n"),
    ("csharp", SHARP, "    return", "    if (and is null) {\n      return 0;\n    }\n"),
    ("csharp", SHARP, "    return", '    if ($"{and}" == "") {\n      return 0;\n    }\n'),
    ("csharp", SHARP, "    return", "    if (@in == null) {\n      return 0;\n    }\n"),
    ("php", PHP, "    return", "    if (!$in) {\n        return 0;\n    }\n"),
    ("ruby", RUBY, "  none", "  if @in == nil\n    return 0\n  end\n"),
    ("ruby", RUBY, "  none", '  if "#{it}" == ""\n    return 0\n  end\n'),
    ("kotlin", KOTLIN, "    return", '    if ("$it" == "") {\n        return 0\n    }\n'),
    ("swift", SWIFT, "    return", '    if "\\(it)" == "" {\n        return 0\n    }\n'),
    ("shellscript", SHELL, "  none", '  if [ "$1" = "" ]; then\n    return 0\n  fi\n'),
    ("shellscript", SHELL, "  none", "  if [ $# = 0 ]; then\n    return 0\n  fi\n"),
]
NO_GUARDS = [
    ("c", C, "  return", "  if (NULL == NULL) {\n    return -1;\n  }\n"),
    ("java", JAVA, "    return", "    if (null == null) {\n      throw new Bad();\n    }\n"),
    ("typescript", SCRIPT, "  return", "  if (undefined === undefined) {\n    return 0;\n  }\n"),
    ("go", GO, "\treturn", "\tif true {\n\t\treturn 0\n\t}\n"),
    (
        "csharp",
        SHARP,
        "    return",
        "    if (1 is not null and 2 is 2) {\n      return 0;\n    }\n",
    ),
    ("php", PHP, "    return", "    if (true or false) {\n        return 0;\n    }\n"),
    ("ruby", RUBY, "  none", "  if not nil and true\n    return 0\n  end\n"),
    ("ruby", RUBY, "  none", "  if '#{it}' == '#{it}'\n    return 0\n  end\n"),
    ("kotlin", KOTLIN, "    return", "    if (true or false) {\n        return 0\n    }\n"),
    ("cpp", CPP, "  return", "  if (not false) {\n    return 0;\n  }\n"),
]


@pytest.mark.parametrize(("language", "before", "at", "guard"), GUARDS)
def test_a_guard_may_be_about_a_value_called_as_an_operator_or_filled_into_a_text(
    language: str, before: str, at: str, guard: str
) -> None:
    assert cut_off(edited(language, before, at, guard + at)) == ""


@pytest.mark.parametrize(("language", "before", "at", "guard"), NO_GUARDS)
def test_a_condition_that_never_changes_is_told_in_the_same_places(
    language: str, before: str, at: str, guard: str
) -> None:
    facts = edited(language, before, at, guard + at)
    assert "keeps it from being run or looked at" in cut_off(facts)
    assert judge(facts, AUTO).band in {Band.REVIEW, Band.BLOCK}
