"""What a file of tests has, as far as new tests could get in its way."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from understudy.reading.import_lines import imports_of, is_header
from understudy.reading.script_tests import SCRIPTS, titled
from understudy.reading.symbols import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = SCRIPTS | {"python", "go"}
"""Those that can be looked at."""

_UNKNOWN = "*"
"""The name of an import that may give anything."""
_PYTHON_SETTINGS = re.compile(
    r"__\w+__|pytest\w*|collect_ignore\w*|load_tests|(?:setup|teardown)(?:_(?:module|function|class|method))?"
    r"|(?:setUp|tearDown)Module"
)
_GO = re.compile(
    r"func\s+(?:\(\s*\w*\s*\*?(?P<of>\w+)[^)]*\)\s*)?(?P<func>\w+)|(?:type|var|const)\s+(?P<name>\w+)"
)
_GO_TEST = re.compile(r"(?:Test|Benchmark|Fuzz|Example)(?![a-z])")
_GO_ELSE = re.compile(r"\s|[})]|//(?!go:build\b|\s*\+build\b)|/?\*")
_GO_SETTINGS = frozenset({"TestMain", "init"})
_GO_PACKAGE = re.compile(r"(?:(?P<alias>[\w.]+)\s+)?\"(?P<path>[^\"]+)\"")
_VERSION = re.compile(r"/v\d+$")
_SCRIPT = re.compile(
    r"(?:export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var|interface|type|enum)"
    r"\s+(?P<name>[\w$]+)"
)
_SCRIPT_ELSE = re.compile(r"\s|[)}\]]|//|/?\*")
_SCRIPT_SETTINGS = re.compile(r"\s*(?:\w+\.(?:\w+\.)*only\b|f(?:it|describe)\b)")
_SCRIPT_NAME = re.compile(r"[\w$]+(?=\s*$)")
_DEFAULT = re.compile(r"import (?:type )?(?:\* as )?(?P<name>[\w$]+) ")
_REQUIRED = re.compile(r"(?:const|let|var)\s+(?P<names>[^=]+)=")


class Held(NamedTuple):
    """What a file or a block has.

    Attributes:
        tests: names of its tests, in scripts with those of the groups around them.
        names: those of all else that is defined at the margin.
        imported: names that imports give, each with what it is.
        is_clear: whether there is nothing else at the margin, but for imports and comments, and
            nothing that is for all tests of a file.
    """

    tests: frozenset[str]
    names: frozenset[str]
    imported: dict[str, str]
    is_clear: bool

    def clashes(self, other: Held) -> frozenset[str]:
        """The names of the one that may be other things in the other; `*` for those that nobody knows."""
        mine, others = self.tests | self.names, other.tests | other.names
        shared = self.imported.keys() & other.imported.keys()
        found = mine & others | mine & other.imported.keys() | others & self.imported.keys()
        found |= {name for name in shared if self.imported[name] != other.imported[name]}
        if _UNKNOWN in other.imported and _UNKNOWN not in self.imported:
            found |= {_UNKNOWN}
        return frozenset(found)


def held(lines: Sequence[str], language: str) -> Held | None:
    """What some lines have; None where that can't be told.

    Args:
        lines: without their ends.
        language: one of `LANGUAGES`.
    """
    if language == "python":
        return _held_python(lines)
    return _held_go(lines) if language == "go" else _held_script(lines, language)


def _held_python(lines: Sequence[str]) -> Held | None:
    tree = tree_of(lines)
    if tree is None or any(isinstance(node, ast.If) for node in tree.body):
        # What a file does when it is run comes last.
        return None
    names: set[str] = set()
    imported: dict[str, str] = {}
    is_clear = True
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported |= _imported(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
            is_clear = is_clear and not _is_for_all(node)
        else:
            is_clear = is_clear and isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr)
            is_clear = is_clear and not (isinstance(node, ast.Expr) and not _is_text(node))
            names.update(_given(node))
            for one in ast.walk(node):
                if isinstance(one, ast.Import | ast.ImportFrom):
                    imported |= _imported(one)
    is_clear = is_clear and not any(map(_PYTHON_SETTINGS.fullmatch, names))
    tests = {one for one in names if one.startswith(("test", "Test"))}
    return Held(frozenset(tests), frozenset(names - tests), imported, is_clear)


def _given(node: ast.AST) -> Iterator[str]:
    """The names that a statement gives."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield one.name


def _imported(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        whole = {one.asname: one.name for one in node.names if one.asname}
        return whole | {
            top: top for one in node.names if not one.asname for top in [_top(one.name)]
        }
    module = "." * node.level + (node.module or "")
    return {one.asname or one.name: f"{module}.{one.name}" for one in node.names}


def _top(module: str) -> str:
    return module.partition(".")[0]


def _is_for_all(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether a fixture is used by all tests of its file, asked for or not."""
    words = (
        word for one in node.decorator_list if isinstance(one, ast.Call) for word in one.keywords
    )
    return any(word.arg == "autouse" for word in words)


def _is_text(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Constant)


def _held_go(lines: Sequence[str]) -> Held:
    names: set[str] = set()
    imported: dict[str, str] = {}
    for one in imports_of(lines, len(lines), "go"):
        for spec in filter(None, map(_GO_PACKAGE.fullmatch, one.items)):
            last = _VERSION.sub("", spec["path"]).rpartition("/")[-1]
            name = _UNKNOWN if spec["alias"] == "." else spec["alias"] or last
            imported |= {name: spec["path"]} if name != "_" else {}
    is_clear = True
    in_group = False
    skipped = {at for one in imports_of(lines, len(lines), "go") for at in one.lines}
    for at, line in enumerate(lines):
        if at in skipped or is_header(line):
            continue
        if found := _GO.match(line):
            names.add(found["name"] or ".".join(filter(None, (found["of"], found["func"]))))
        elif in_group and line[:1].isspace():
            names.add(line.split(maxsplit=1)[0].rstrip(",") if line.strip() else "")
        elif line and not _GO_ELSE.match(line):
            is_clear = False
        opens = line.startswith(("var", "const", "type")) and line.rstrip().endswith("(")
        in_group = opens if line[:1].isalpha() else in_group and line[:1] != ")"
    tests = set(filter(_GO_TEST.match, names))
    is_clear = is_clear and names.isdisjoint(_GO_SETTINGS)
    return Held(frozenset(tests), frozenset(names - tests - {""}), imported, is_clear)


def _held_script(lines: Sequence[str], language: str) -> Held:
    found = titled(lines, language)
    tests = frozenset(one.name for one in found if not one.is_group)
    calls = {one.at for one in found}
    imported: dict[str, str] = {}
    skipped: set[int] = set()
    for each in imports_of(lines, len(lines), language):
        skipped.update(each.lines)
        for item in each.items:
            imported |= _bound(each.module, item)
    names: set[str] = set()
    is_clear = True
    for at, line in enumerate(lines):
        if at in calls:
            is_clear = is_clear and not _SCRIPT_SETTINGS.match(line)
        elif at in skipped:
            continue
        elif one := _SCRIPT.match(line):
            names.add(one["name"])
        elif line and not _SCRIPT_ELSE.match(line):
            is_clear = False
    return Held(tests, frozenset(names), imported, is_clear)


def _bound(module: str, item: str) -> dict[str, str]:
    """The names that one item of an import gives, each with what it is."""
    if module:
        last = _SCRIPT_NAME.search(item)
        return {last.group(): f"{module} {item}"} if last else {}
    if one := _DEFAULT.match(item):
        return {one["name"]: item}
    found = _REQUIRED.match(item)
    parts = found["names"].strip(" {}").split(",") if found else []
    words = (_SCRIPT_NAME.search(part) for part in parts)
    return {word.group(): item for word in words if word}
