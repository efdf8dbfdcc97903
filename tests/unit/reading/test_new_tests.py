"""Tests that were asked for: which block is the file of tests, and where new tests go."""

from __future__ import annotations

from pathlib import Path

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import FileChange, Region
from understudy.engine.reader import read_reply
from understudy.index.lost_statements import lost_statements
from understudy.reading import UnreadableError
from understudy.reading.new_tests import with_new_tests
from understudy.workspace.view import View

ROOT = Path("/ws")
CLASS = (
    "class Shape:\n    def __init__(self, w, h):\n        self.w = w\n        self.h = h\n\n"
    "    def area(self):\n        return self.w * self.h\n\n    def half(self):\n"
    "        return self.area() / 2\n"
)
CHANGED = CLASS.replace("self.w * self.h", "abs(self.w * self.h)")
PY = "from shape import Shape\n\n\ndef test_zero():\n    assert Shape(0, 3).area() == 0\n"
PY_NEW = "def test_area():\n    assert Shape(2, 3).area() == 6\n"
GO = (
    'package shape\n\nimport "testing"\n\nfunc TestZero(t *testing.T) {\n'
    "\tif Area(0, 3) != 0 {\n\t\tt.Fail()\n\t}\n}\n"
)
GO_NEW = (
    'func TestArea(t *testing.T) {\n\tif Area(2, 3) != 6 {\n\t\tt.Fatal(errors.New("x"))\n\t}\n}\n'
)
TS = (
    'import { test, expect } from "vitest";\nimport { area } from "./shape";\n\n'
    'test("zero", () => {\n  expect(area(0, 3)).toBe(0);\n});\n'
)
TS_NEW = 'describe("shape", () => {\n  it("has an area", () => {\n    expect(area(2, 3)).toBe(6);\n  });\n});\n'


def _view(name: str, text: str, language: str) -> View:
    return View(
        (ROOT / name).as_uri(), text, Policy(), language=language, path=ROOT / name, root=ROOT
    )


def _region(
    test: View | None = None, *, name: str = "shape.py", language: str = "python"
) -> Region:
    view = _view(name, CLASS, language)
    home = test.name if test is not None else "tests/test_shape.py"
    others = {home: test} if test is not None else {}
    lines = range(len(view.index))
    return Region(view, lines, others, may_create=test is None, stays=True, home=home)


def _fence(text: str, word: str = "python") -> str:
    return f"```{word}\n{text}```\n"


@pytest.mark.parametrize("shown", [CLASS, CHANGED])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_class_that_is_tested_does_not_become_its_tests(shown: str, is_first: bool) -> None:
    blocks = [_fence(shown), _fence(PY)]
    reply = "First:\n\n{}\nThen:\n\n{}".format(*(blocks if is_first else blocks[::-1]))
    reading = read_reply(reply, _region(), "whole_file").reading
    assert reading.after == CLASS
    assert reading.others == (FileChange("tests/test_shape.py", PY),)
    assert reading.risk == ("none" if shown == CLASS else "high")


@pytest.mark.parametrize("shown", [CLASS, CHANGED])
def test_the_class_alone_is_no_file_of_tests(shown: str) -> None:
    with pytest.raises(UnreadableError, match="and nothing for"):
        read_reply(_fence(shown), _region(), "whole_file")


def test_the_class_beside_tests_that_have_a_path_is_only_shown() -> None:
    reply = f"{_fence(CLASS)}\ntests/test_shape.py:\n\n{_fence(PY)}"
    reading = read_reply(reply, _region(), "whole_file").reading
    assert reading.others == (FileChange("tests/test_shape.py", PY),)


@pytest.mark.parametrize(
    ("language", "name", "old", "block", "wanted"),
    [
        ("python", "test_shape.py", PY, PY_NEW, f"{PY}\n\n{PY_NEW}"),
        (
            "python",
            "test_shape.py",
            PY,
            f'"""More."""\nimport math\n\nfrom shape import Shape\n\n\n{PY_NEW}',
            f"from shape import Shape\nimport math\n{PY[24:]}\n\n{PY_NEW}",
        ),
        (
            "go",
            "shape_test.go",
            GO,
            f'package shape\n\nimport (\n\t"errors"\n\t"testing"\n)\n\n{GO_NEW}',
            GO.replace('"testing"\n', '"testing"\nimport "errors"\n', 1) + f"\n{GO_NEW}",
        ),
        ("go", "shape_test.go", GO, GO_NEW, f"{GO}\n{GO_NEW}"),
        (
            "go",
            "shape_test.go",
            GO,
            f'// Tests of areas.\npackage shape\n\nimport "testing"\n\n{GO_NEW}',
            f"{GO}\n{GO_NEW}",
        ),
        (
            "typescript",
            "shape.test.ts",
            TS,
            TS_NEW.replace("has an area", "zero"),
            f"{TS}\n{TS_NEW}".replace("has an area", "zero"),
        ),
        ("typescript", "shape.test.ts", TS, TS_NEW, f"{TS}\n{TS_NEW}"),
        (
            "typescript",
            "shape.test.ts",
            TS,
            f'import {{ describe, it, expect }} from "vitest";\n\n{TS_NEW}',
            TS.replace('shape";\n', 'shape";\nimport { describe, it } from "vitest";\n', 1)
            + f"\n{TS_NEW}",
        ),
    ],
)
def test_new_tests_go_to_the_end_of_those_that_are_there(
    language: str, name: str, old: str, block: str, wanted: str
) -> None:
    region = _region(_view(name, old, language), name=f"shape.{language}", language=language)
    for reply in (_fence(block, language), f"`{name}`:\n\n{_fence(block, language)}"):
        reading = read_reply(reply, region, "whole_file").reading
        assert reading.others == (FileChange(name, wanted),)
        assert reading.risk in {"none", "low"}
    again = with_new_tests(block.split("\n"), wanted, language)
    assert again is None


@pytest.mark.parametrize(
    ("language", "old", "block"),
    [
        ("python", PY, PY.replace("0, 3", "3, 0")),
        ("python", PY, f"{PY_NEW}\n\ndef test_zero():\n    pass\n"),
        ("python", PY, f"{PY_NEW}\n\n# ... the other tests\n"),
        ("python", PY, f"print(1)\n\n\n{PY_NEW}"),
        ("python", PY, "def helper():\n    return 1\n"),
        ("python", PY, PY_NEW.replace("(2, 3)", "(2,")),
        ("python", f'{PY}\n\nif __name__ == "__main__":\n    run()\n', PY_NEW),
        ("python", "SIZE = 1\n", PY_NEW),
        ("go", GO, GO_NEW.replace("TestArea", "TestZero")),
        ("go", GO, f"package other\n\n{GO_NEW}"),
        ("go", f"{GO}\nvar (\n\tlimit = 1\n)\n", f"const limit = 2\n\n{GO_NEW}"),
        ("go", GO, f"//go:build slow\n\npackage shape\n\n{GO_NEW}"),
        ("go", GO, f"{GO_NEW}\npackage shape\n"),
        ("go", GO, f"{GO_NEW}\nfunc TestMain(m *testing.M) {{\n\tm.Run()\n}}\n"),
        ("go", GO, f'import testing "other"\n\n{GO_NEW}'),
        ("python", PY, f"    {PY_NEW}".replace("\n    ", "\n        ")),
        ("python", PY, f"def Shape(a, b):\n    return 1\n\n\n{PY_NEW}"),
        ("python", PY, f"Shape = 3\n\n\n{PY_NEW}"),
        ("python", PY, f"from other import Shape\n\n\n{PY_NEW}"),
        ("python", PY, f"from shape import *\n\n\n{PY_NEW}"),
        ("python", PY, f"import pytest\n\npytestmark = pytest.mark.slow\n\n\n{PY_NEW}"),
        ("python", PY, f"def setup_module():\n    pass\n\n\n{PY_NEW}"),
        ("python", PY, f"@pytest.fixture(autouse=True)\ndef clean():\n    pass\n\n\n{PY_NEW}"),
        ("python", PY, f"# mypy: ignore-errors\nimport math\n\n\n{PY_NEW}"),
        ("typescript", TS, f"const area = 3;\n\n{TS_NEW}"),
        ("typescript", TS, f'import {{ area }} from "./other";\n\n{TS_NEW}'),
        ("typescript", TS, f"beforeEach(() => {{\n  reset();\n}});\n\n{TS_NEW}"),
        ("typescript", TS, TS_NEW.replace("it(", "it.only(")),
        ("typescript", TS, f'test("zero", () => {{\n  expect(1).toBe(1);\n}});\n\n{TS_NEW}'),
        ("typescript", TS, f'jest.mock("./shape");\n\n{TS_NEW}'),
        ("typescript", f"const shape = area(1, 2);\n{TS}", f"const shape = 1;\n{TS_NEW}"),
        ("rust", "#[test]\nfn zero() {}\n", "#[test]\nfn one() {}\n"),
    ],
)
def test_what_may_be_meant_otherwise_is_not_put_there(language: str, old: str, block: str) -> None:
    assert with_new_tests(block.rstrip("\n").split("\n"), old, language) is None


@pytest.mark.parametrize(
    ("language", "old", "block", "why"),
    [
        ("python", PY, f"from other import Shape\n\n\n{PY_NEW}", "`Shape` may be something else"),
        (
            "python",
            PY,
            f"from shape import *\n\n\n{PY_NEW}",
            "import with `*` may be something else",
        ),
        ("python", PY, f"def setup_module():\n    pass\n\n\n{PY_NEW}", "beside them would hold"),
        (
            "python",
            PY,
            f"# mypy: ignore-errors\nimport math\n\n\n{PY_NEW}",
            "a directive above them",
        ),
        (
            "python",
            f'{PY}\n\nif __name__ == "__main__":\n    run()\n',
            PY_NEW,
            "runs code of its own",
        ),
        ("go", GO, f"package other\n\n{GO_NEW}", "of another package"),
        ("go", f"{GO}\nvar (\n\tlimit = 1\n)\n", f"const limit = 2\n\n{GO_NEW}", "`limit` may be"),
        ("typescript", TS, f'jest.mock("./shape");\n\n{TS_NEW}', "beside them would hold"),
        ("python", PY, "def helper():\n    return 1\n", "only `helper`"),
        ("python", PY, f"{PY_NEW}\n\n# ... the other tests\n", "leaves lines out"),
    ],
)
def test_new_tests_that_are_refused_are_told_why(
    language: str, old: str, block: str, why: str
) -> None:
    test = _view("tests/x", old, language)
    region = _region(test, name=f"shape.{language}", language=language)
    with pytest.raises(UnreadableError) as caught:
        read_reply(_fence(block, language), region, "whole_file")
    assert why in str(caught.value)
    assert why in caught.value.teaching or "whole file" in caught.value.teaching


def test_line_ends_and_the_end_of_the_file_stay() -> None:
    old = PY.replace("\n", "\r\n").removesuffix("\r\n")
    found = with_new_tests(PY_NEW.rstrip("\n").split("\n"), old, "python")
    assert found is not None
    assert found[0] == f"{PY}\n\n{PY_NEW}".replace("\n", "\r\n").removesuffix("\r\n")


GROUPS = (
    'describe("area", () => {\n  it("works", () => {\n    expect(area(1, 2)).toBe(2);\n  });\n});\n'
)


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        (GROUPS.replace('"area"', '"half"').replace("area(1, 2)).toBe(2)", "half(1)).toBe(0)"), 1),
        (GROUPS.replace("works", "is right"), 0),
        (GROUPS.replace('"area"', '"areas"'), 0),
        (GROUPS.replace("toBe(2)", "toBeCloseTo(2)"), 0),
    ],
)
def test_a_test_that_a_new_text_has_no_more_is_told_by_its_titles(after: str, gone: int) -> None:
    found = [one.what for one in lost_statements(GROUPS, after, "typescript")]
    assert found == ["area > works"] * gone


@pytest.mark.parametrize(
    "lead",
    [
        "Tests for the `half` method in `shape.py`:",
        "## Tests for the class in `shape.py`",
        "I added a fixture for `data/items.json`:",
        "Added to CI (`.github/workflows/test.yml`):",
        "Add `pytest` to `requirements.txt` and create:",
        "In `Node.js`:",
        "The fixtures are in `tests/conftest.py`:",
    ],
)
def test_a_sentence_names_no_other_file_for_tests(lead: str) -> None:
    reading = read_reply(f"{lead}\n\n{_fence(PY)}", _region(), "whole_file").reading
    assert reading.after == CLASS
    assert reading.others == (FileChange("tests/test_shape.py", PY),)


@pytest.mark.parametrize("label", ["### `test/test_area.py`", "**test/test_area.py**"])
def test_a_label_names_another_file_for_tests(label: str) -> None:
    reading = read_reply(f"{label}\n\n{_fence(PY)}", _region(), "whole_file").reading
    assert reading.others == (FileChange("test/test_area.py", PY),)


def test_a_label_with_the_class_itself_is_no_place_for_tests() -> None:
    with pytest.raises(UnreadableError):
        read_reply(f"File: `shape.py`\n\n{_fence(PY)}", _region(), "whole_file")


def test_a_sentence_creates_a_file_of_the_language_of_its_block_alone() -> None:
    view = _view("shape.py", CLASS, "python")
    region = Region(view, range(len(view.index)), may_create=True)
    reply = f"I added a fixture for `data/items.json`:\n\n{_fence(CHANGED)}"
    reading = read_reply(reply, region, "whole_file").reading
    assert (reading.after, reading.others) == (CHANGED, ())
    reply = f"Create `data/items.json`:\n\n{_fence('[1]' + chr(10), 'json')}"
    reading = read_reply(reply, region, "whole_file").reading
    assert reading.others == (FileChange("data/items.json", "[1]\n"),)
