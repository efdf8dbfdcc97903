"""Members, problems and calls that name something by the path of its module."""

from __future__ import annotations

import pytest

from tests.unit.gathering.places import candidates, needed, of_tier
from tests.unit.gathering.qualified import CPP, GO, JAVA, PYTHON, RUST
from understudy.core.text import Span
from understudy.workspace.diagnostics import Diagnostic


@pytest.mark.parametrize(
    ("files", "path", "lines", "wanted"),
    [
        (
            {
                **RUST,
                "src/w.rs": "pub struct Held { pub kind: crate::a::Kind }\n",
                "src/b.rs": "fn run(held: crate::w::Held) {\n    held.kind.go();\n}\n",
            },
            "src/b.rs",
            range(1, 2),
            ("src/a.rs", "go"),
        ),
        (
            {
                **RUST,
                "src/w.rs": "pub fn give() -> crate::a::Kind { todo!() }\n",
                "src/b.rs": "fn run() {\n    let kind = crate::w::give();\n    kind.go();\n}\n",
            },
            "src/b.rs",
            range(2, 3),
            ("src/a.rs", "go"),
        ),
        (
            {
                **GO,
                "w/w.go": 'package w\n\nimport "example.org/shop/low"\n\ntype Held struct{ In low.Kind }\n',
                "main.go": 'package shop\n\nimport "example.org/shop/w"\n\nfunc run(h w.Held) {\n\th.In.Go()\n}\n',
            },
            "main.go",
            range(5, 6),
            ("low/low.go", "Go"),
        ),
        (
            {
                **PYTHON,
                "main.py": "from p import low\n\n\ndef run(kind: low.Kind):\n    kind.go()\n",
            },
            "main.py",
            range(4, 5),
            ("p/low.py", "Kind"),
        ),
        (
            {
                **PYTHON,
                "w.py": "from p import low\n\n\nclass Held(low.Kind): ...\n",
                "main.py": "from w import Held\n\n\ndef run(held: Held):\n    held.go()\n",
            },
            "main.py",
            range(4, 5),
            ("p/low.py", "Kind"),
        ),
        (
            {
                **JAVA,
                "p/r/Main.java": "package p.r;\n\nclass Main {\n  p.q.Kind kind;\n  void run() {\n    kind.go();\n  }\n}\n",
            },
            "p/r/Main.java",
            range(5, 6),
            ("p/q/Kind.java", "Kind"),
        ),
        (
            {
                **CPP,
                "main.cpp": '#include "other.hpp"\n#include "low.hpp"\n\nvoid run(shop::low::Kind& kind) {\n  kind.go();\n}\n',
            },
            "main.cpp",
            range(4, 5),
            ("low.hpp", "Kind"),
        ),
    ],
)  # fmt: skip
def test_members_of_what_is_typed_by_a_path_are_those_of_that_type(
    files: dict[str, str], path: str, lines: range, wanted: tuple[str, str]
) -> None:
    found = needed(files, path, lines)
    assert wanted in found
    assert not any("other" in each for each, _ in found)


@pytest.mark.parametrize(
    ("files", "path", "message", "wanted"),
    [
        (
            {**RUST, "src/b.rs": "fn run() {\n    make()\n}\n"},
            "src/b.rs",
            "expected `crate::a::Kind`, found `()`",
            ("src/a.rs", "Kind"),
        ),
        (
            {
                **GO,
                "main.go": 'package shop\n\nimport "example.org/shop/low"\n\nfunc run() {\n\tgive()\n}\n',
            },
            "main.go",
            "cannot use `x` as `low.Kind` value",
            ("low/low.go", "Kind"),
        ),
    ],
)
def test_a_type_that_a_message_names_by_a_path_is_that_type_alone(
    files: dict[str, str], path: str, message: str, wanted: tuple[str, str]
) -> None:
    last = len(files[path].splitlines()) - 2
    problem = Diagnostic("check", "", message, Span(0, 0))
    found = candidates(files, path, range(last, last + 1), problems=[problem])
    assert {key for key, item in of_tier(found, "required_types").items() if item.required} == {
        wanted
    }


@pytest.mark.parametrize(
    ("files", "path", "lines", "caller"),
    [
        (
            {**RUST, "src/w.rs": "pub fn give() {}\n"},
            "src/w.rs",
            range(1),
            "src/b.rs",
        ),
        (
            {
                "rate.hpp": "namespace shop {\nint of();\n}\n",
                "near.hpp": "namespace shop {\nint near();\n}\n",
                "bill.cpp": '#include "near.hpp"\n#include "rate.hpp"\nint bill() {\n  return shop::of();\n}\n',
            },
            "rate.hpp",
            range(1, 2),
            "bill.cpp",
        ),
    ],
)
def test_a_call_by_a_path_is_one_of_the_function_there(
    files: dict[str, str], path: str, lines: range, caller: str
) -> None:
    found = of_tier(candidates(files, path, lines), "related_imports")
    assert caller in {each for (each, _), item in found.items() if "calls `" in item.reasons[0]}
