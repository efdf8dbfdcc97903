"""What a fix does in other words, moves or must return otherwise is nothing that it does in passing."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import edited
from understudy.engine.in_passing import in_passing

CLEAN = """\
package shop

import "os"

func Keep() error {
	return nil
}

func Clean(path string) {
	if path == "" {
		return
	}
	os.Remove(path)
}
"""
FIND = """\
class Names {
    Optional<String> find(String key) {
        if (key == null) {
            return null;
        }
        return names.get(key);
    }

    boolean has(String key) {
        return !Optional.ofNullable(names.get(key)).isEmpty();
    }
}
"""
MAIL = """\
export function mail(id: number): string {
  if (id < 0) {
    return users.get(id)?.mail ?? "";
  }
  const name = users.get(id).name;
  return name;
}

export function other(user: User): string {
  return user.mail;
}
"""
LOAD = """\
import pickle


def load(path: str) -> object:
    file = open(path, "rb")
    try:
        data = pickle.load(file)
    finally:
        file.close()
    return data
"""
READ = """\
def read(path: str) -> int:
    try:
        value = parse(path)
    except ValueError:
        log.warning("bad")
    log.info("read")
    return value
"""
THROWN = """\
class P {
    static int f(int n) {
        try {
            return n + 1;
        } catch (IOException e) {
            System.err.println("bad");
            return -1;
        }
    }
}
"""
FINE = [
    ("go", CLEAN, "os.Remove", "Error return value of `os.Remove` is not checked",
     [("string) {", "string) error {"), ("\t\treturn\n", "\t\treturn nil\n"), ("\tos.Remove(path)", "\treturn os.Remove(path)")]),
    ("java", FIND, "names.get(key)", "incompatible types: String cannot be converted to Optional<String>",
     [("return null;", "return Optional.empty();"), ("return names.get(key);", "return Optional.ofNullable(names.get(key));")]),
    ("typescript", MAIL, "users.get(id).name", "Object is possibly 'undefined'.",
     [("  if (id < 0) {\n    return users.get(id)?.mail ?? \"\";", "  const user = users.get(id);\n  if (id < 0) {\n    return user?.mail ?? \"\";"),
      ("const name = users.get(id).name", "const name = user?.name ?? \"\"")]),
    ("python", LOAD, "open(", "Use a context manager for opening files",
     [('    file = open(path, "rb")\n    try:\n', '    with open(path, "rb") as file:\n'), ("    finally:\n        file.close()\n", "")]),
    ("python", READ, "value\n", "\"value\" is possibly unbound",
     [('    log.info("read")\n    return value\n', '    else:\n        log.info("read")\n        return value\n    return 0\n')]),
    ("java", THROWN, "catch", "exception IOException is never thrown in body of corresponding try statement",
     [("        try {\n            return n + 1;\n        } catch (IOException e) {\n            System.err.println(\"bad\");\n            return -1;\n        }\n", "        return n + 1;\n")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "before", "at", "message", "pairs"), FINE, ids=[one[2] for one in FINE]
)
def test_what_the_mend_needs_or_says_otherwise_is_not_told(
    language: str, before: str, at: str, message: str, pairs: list[tuple[str, str]]
) -> None:
    assert in_passing(edited(before, *pairs, language=language, at=at, message=message)) == ""


def test_a_bare_return_is_the_value_that_it_gives() -> None:
    before = "def f(a):\n    if not a:\n        return\n    print(b)\n    return 1\n"
    mended, plain = ("print(b)", "print(a)"), ("        return\n", "        return None\n")
    assert in_passing(edited(before, mended, plain, at="b)", message="Undefined name `b`")) == ""
    other = ("        return\n", "        return 2\n")
    told = in_passing(edited(before, mended, other, at="b)", message="Undefined name `b`"))
    assert "returns `2` instead of nothing" in told


def test_a_long_text_with_changes_everywhere_is_left_alone() -> None:
    lines = "".join(f"    y{one} = {one}\n\n" for one in range(1_500))
    before = f"def f(limit):\n    x = limt\n{lines}    return x\n"
    after = before.replace("limt", "limit").replace("    y", "    z")
    message = "Undefined name `limt`"
    assert in_passing(edited(before, (before, after), at="limt", message=message)) == ""
