"""What names of C can't mean, and neighbours that say nothing."""

from __future__ import annotations

from tests.unit.gathering.places import candidates, of_tier


def shown(files: dict[str, str], path: str, lines: range | None = None) -> set[tuple[str, str]]:
    found = candidates(files, path, lines)
    return {key for tier in ("required_types", "related_imports") for key in of_tier(found, tier)}


def test_macros_types_and_statics_of_another_source_are_not_meant() -> None:
    files = {
        "async.c": (
            "#define check(e) (void)(e)\nstruct part {\n  int a;\n};\n"
            "static int weigh(int n) {\n  return n;\n}\nint rate(int n) {\n  return n;\n}\n"
        ),
        "main.c": (
            "int main(void) {\n  struct part p;\n  check(rate(1));\n  return weigh(2);\n}\n"
        ),
    }
    assert shown(files, "main.c") == {("async.c", "rate")}
    files["main.c"] = '#include "async.c"\n' + files["main.c"]
    assert shown(files, "main.c") >= {
        ("async.c", name) for name in ("rate", "weigh", "check", "part")
    }
    files["main.c"] = files["main.c"].partition("\n")[2]
    files["async.c"] += '#include "main.c"\n'
    assert ("async.c", "weigh") in shown(files, "main.c")


def test_include_guards_and_names_for_tools_are_no_neighbours() -> None:
    files = {
        "alloc.h": (
            "#ifndef ALLOC_H\n#define ALLOC_H\n#define MOST 3\nint take(int n);\n"
            "int give(int n);\n#endif\n"
        ),
        "main.c": '#include "alloc.h"\nint main(void) {\n  return take(1);\n}\n',
        "rates.py": '__all__ = ["rate"]\n__version__ = "1"\nLEAST = 1\n\n\ndef rate():\n    pass\n',
        "main.py": "from rates import rate\n\n\ndef run():\n    return rate()\n",
    }
    assert shown(files, "main.c") == {
        ("alloc.h", "take"),
        ("alloc.h", "give"),
        ("alloc.h", "MOST"),
    }
    assert shown(files, "main.py", range(3, 5)) == {("rates.py", "rate"), ("rates.py", "LEAST")}


def test_a_method_of_another_language_is_not_that_of_the_class() -> None:
    files = {
        "src/lib.rs": "pub struct Checker { n: u32 }\nimpl Checker {\n    fn check(&self) {}\n}\n",
        "checker.hpp": "class Checker {\n public:\n  bool check();\n};\n",
        "main.cpp": '#include "checker.hpp"\nbool run(Checker c) {\n  return c.check();\n}\n',
    }
    assert {path for path, _ in shown(files, "main.cpp")} == {"checker.hpp"}
