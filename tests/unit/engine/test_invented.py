from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.config.policy import Policy, Trust
from understudy.core.failures import FailureCategory
from understudy.core.text import Span
from understudy.engine.invented import invented
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.core.failures import Failure

BEFORE = "import json\nimport os\n\n\ndef f(text):\n    return wrong\n"
UNDEFINED = ("ruff", "F821", "Undefined name `{}`")
UNRESOLVED = ("basedpyright", "reportMissingImports", 'Import "{}" could not be resolved')
NO_SYMBOL = ("basedpyright", "reportAttributeAccessIssue", '"{}" is unknown import symbol')
IN_MODULE = (
    "basedpyright",
    "reportAttributeAccessIssue",
    '"{}" is not a known attribute of module "%s"',
)
IN_CLASS = (
    "basedpyright",
    "reportAttributeAccessIssue",
    'Cannot access attribute "{0}" for class "%s"\n  Attribute "{0}" is unknown',
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a module of its own, and with an environment that has one package."""
    folder = tmp_path / "workspace"
    site = folder / ".venv" / "lib" / "python3.12" / "site-packages" / "acme"
    (site / "inner").mkdir(parents=True)
    (site / "__init__.py").write_text("def carry(): ...\n", encoding="utf-8")
    (site / "inner" / "deep.py").write_text("class BuriedHere: ...\n", encoding="utf-8")
    (folder / "shelves.py").write_text(
        "class Shelf:\n    width = 1\n    def put(self): self.filled = 1\n\n\n"
        "class Odd(Nobody):\n    pass\n\n\ndef _private_thing(): ...\n",
        encoding="utf-8",
    )
    return folder


def judged(
    root: Path, line: str, said: tuple[str, str, str], name: str, of: str = ""
) -> Failure | None:
    """What becomes of a line that a model wrote, when a checker does not know a name in it."""
    after = BEFORE.replace("    return wrong\n", f"    {line}\n")
    source, code, words = said
    message = (words % of if of else words).format(name)
    start = after.index(line) + line.index(name.rpartition(".")[2])
    where = Span(start, start + len(name.rpartition(".")[2]))
    path = root / "basket.py"
    view = View(path.as_uri(), BEFORE, Policy(Trust.TRUSTED), path=path, root=root)
    return invented(Diagnostic(source, code, message, where), view, after)


@pytest.mark.parametrize(
    ("line", "said", "name", "of"),
    [
        ("return summarise_all(text)", UNDEFINED, "summarise_all", ""),
        ("return summarise_all(text)", ("", "", '"{}" is not defined'), "summarise_all", ""),
        ("import fastjsonutils", UNRESOLVED, "fastjsonutils", ""),
        ("from shelves.corners import a", UNRESOLVED, "shelves.corners", ""),
        ("from .cupboards import a", UNRESOLVED, ".cupboards", ""),
        ("from json import parse_quickly", NO_SYMBOL, "parse_quickly", ""),
        ("from shelves import Cupboard", NO_SYMBOL, "Cupboard", ""),
        ("from .shelves import Cupboard", NO_SYMBOL, "Cupboard", ""),
        ("from acme import (\n        carry, juggle)", NO_SYMBOL, "juggle", ""),
        ("return json.parse(text)", IN_MODULE, "parse", "json"),
        ("return os.frobnicate_all(text)", IN_MODULE, "frobnicate_all", "os"),
        ("return text.contains('a')", IN_CLASS, "contains", "str"),
        ("return [].push(text)", IN_CLASS, "push", "list[int]"),
        ("return Shelf().shorten()", IN_CLASS, "shorten", "Shelf"),
    ],
)
def test_what_a_model_added_and_what_exists_nowhere_is_invented(
    root: Path, line: str, said: tuple[str, str, str], name: str, of: str
) -> None:
    failure = judged(root, line, said, name, of)
    assert failure is not None
    assert failure.category is FailureCategory.HALLUCINATION
    assert failure.code == name.lstrip(".")
    assert failure.advice == "refine"
    assert f"`{name}`" in failure.message
    assert failure.blame == "model"


@pytest.mark.parametrize(
    ("line", "said", "name", "of"),
    [
        # It exists, and only the import is missing, or it is used in the wrong place.
        ("return Path(text)", UNDEFINED, "Path", ""),
        ("return np.sum(text)", UNDEFINED, "np", ""),
        ("return carry(text)", UNDEFINED, "carry", ""),
        ("return BuriedHere(text)", UNDEFINED, "BuriedHere", ""),
        ("return Shelf(text)", UNDEFINED, "Shelf", ""),
        ("return _private_thing()", UNDEFINED, "_private_thing", ""),
        ("return inner\n\n\ndef g():\n    inner = 1", UNDEFINED, "inner", ""),
        # It was there before.
        ("return f(wrong)", UNDEFINED, "wrong", ""),
        ("import acme", UNRESOLVED, "acme", ""),
        ("from json import loads", NO_SYMBOL, "loads", ""),
        # A package has it for another system.
        ("return os.startfile(text)", IN_MODULE, "startfile", "os"),
        # Another class has it: the types are wrong, and not the name.
        ("return text.append(1)", IN_CLASS, "append", "str"),
        ("return text.filled", IN_CLASS, "filled", "str"),
        # Nobody knows what such a class inherits, or where it is.
        ("return Odd().anything_at_all", IN_CLASS, "anything_at_all", "Odd"),
        ("return text.anything_at_all", IN_CLASS, "anything_at_all", "Unseen"),
        ("return x.anything_at_all", IN_MODULE, "anything_at_all", "elsewhere"),
        # There is a stub for it.
        (
            "import yaml",
            (
                "basedpyright",
                "reportMissingModuleSource",
                'Import "{}" could not be resolved from source',
            ),
            "yaml",
            "",
        ),
        ("return text + 1", ("ruff", "E501", "Line too long `{}`"), "text", ""),
    ],
)
def test_what_exists_or_may_exist_is_not_called_invented(
    root: Path, line: str, said: tuple[str, str, str], name: str, of: str
) -> None:
    assert judged(root, line, said, name, of) is None


def test_without_an_environment_no_import_is_called_invented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert judged(tmp_path, "import fastjsonutils", UNRESOLVED, "fastjsonutils") is None
    assert judged(tmp_path, "from acme import juggle", NO_SYMBOL, "juggle") is None
    assert judged(tmp_path, "import acme; summarise_all()", UNDEFINED, "summarise_all") is None
    assert judged(tmp_path, "return summarise_all(text)", UNDEFINED, "summarise_all") is not None


def test_what_has_a_similar_name_is_told(root: Path) -> None:
    failure = judged(root, "return json.lods(text)", IN_MODULE, "lods", "json")
    assert failure is not None
    assert failure.message.startswith("`json` has no `lods`, and nothing else has")
    assert "`loads`" in failure.message


def test_a_document_of_another_language_is_not_judged(tmp_path: Path) -> None:
    view = View("file:///a.ts", "a\n", Policy(Trust.TRUSTED), language="typescript", root=tmp_path)
    found = Diagnostic("ts", "2304", "Cannot find name 'frobnicate'.", Span(0, 10))
    assert invented(found, view, "frobnicate\n") is None


@settings(max_examples=30)
@given(
    st.text(max_size=80), st.sampled_from([UNDEFINED, NO_SYMBOL, UNRESOLVED]), st.text(max_size=9)
)
def test_any_text_and_name_are_judged(text: str, said: tuple[str, str, str], name: str) -> None:
    view = View("untitled:a", text[:40], Policy(Trust.TRUSTED))
    found = Diagnostic(said[0], said[1], said[2].format(name), Span(0, len(text)))
    failure = invented(found, view, text)
    assert failure is None or failure.evidence.text
