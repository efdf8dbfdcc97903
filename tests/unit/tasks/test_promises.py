"""What tasks promise of their edits, and what is told of those that don't keep it."""

from __future__ import annotations

import pytest

from understudy.tasks import Done, all_tasks

HALF = "def half(count):\n    return count // 2\n"
HALF_GO = "package s\n\nfunc Half(count int) int {\n\treturn count / 2\n}\n"


def flaw(task: str, before: str, after: str, language: str = "python", **more: object) -> str:
    done = Done(before, after, language, **more)  # type: ignore[arg-type] # any field
    return all_tasks()[task].flaw(done)


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("# TODO", "documents nothing"),
        ('"""TODO: document this."""', "documents nothing"),
        ('"""Half of it.\n\n    Args:\n        count: TODO\n    """', "`count: TODO`"),
        ('"""Half of it.\n\n    :param count: TBD.\n    """', "to be written"),
        ('"""Half of it.\n\n    Returns:\n        int: FIXME\n    """', "to be written"),
        ('"""Half of it.\n\n    TODO: describe the rounding.\n    """', "to be written"),
        ('"""Half of it.\n\n    Args:\n        count: How many TODO items there are.\n    """', ""),
        ('"""half."""', "documents nothing"),
        ("# noqa", "what tools read"),
        ("# type: ignore", "what tools read"),
        ("# pragma: no cover", "what tools read"),
        ('"""Half of a count, rounded down."""', ""),
    ],
)
def test_documentation_is_more_than_a_name_a_promise_or_a_directive(note: str, says: str) -> None:
    found = flaw("document", HALF, HALF.replace("    return", f"    {note}\n    return"))
    assert says in found
    assert bool(found) is bool(says)


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("//go:noinline", "`//go:noinline`"),
        ("//go:linkname Half runtime.half", "what tools read"),
        ("// Half.", "documents nothing"),
        ("// Half is half of a count, rounded towards zero.", ""),
    ],
)
def test_what_a_compiler_reads_is_code(note: str, says: str) -> None:
    found = flaw("document", HALF_GO, HALF_GO.replace("func", f"{note}\nfunc"), "go")
    assert says in found
    assert bool(found) is bool(says)


def test_a_directive_stays_where_documentation_comes() -> None:
    before = HALF.replace("count):", "count):  # noqa: D103")
    after = before.replace("    return", '    """Half of a count, rounded."""\n    return')
    assert flaw("document", before, after) == ""
    gone = flaw("document", before, after.replace("  # noqa: D103", ""))
    assert "`# noqa: D103`" in gone


PROMISE = "# TODO: implement validation here"
PROMISED = HALF.replace("    return", f"    {PROMISE}\n    return")


@pytest.mark.parametrize(
    ("after", "wish", "is_promise"),
    [
        (PROMISED, "Validate count to be positive.", True),
        (PROMISED, "Add a TODO about validation.", False),
        (HALF.replace("    return", "    # Half.\n    return"), "Say what it returns.", False),
        (PROMISED.replace("// 2", "/ 2"), "Keep the fraction.", False),
    ],
)
def test_an_edit_that_only_promises_does_nothing(after: str, wish: str, is_promise: bool) -> None:
    found = flaw("edit", HALF, after, instruction=wish)
    assert bool(found) is is_promise
    assert is_promise is ("implement validation" in found)


def test_an_edit_keeps_the_decorators_that_nobody_spoke_of() -> None:
    before = f"@app.route('/half')\n{HALF}"
    told = all_tasks()["edit"].beyond(Done(before, HALF, "python", instruction="Round it."))
    assert "`@app.route('/half')` above `half`" in told
    for wish in ("Remove the route.", "Without its decorator, please."):
        assert all_tasks()["edit"].beyond(Done(before, HALF, "python", instruction=wish)) == ""


REPORT = """\
def report(prices):
    total = 0
    for price in prices:
        total += price
    return str(total)
"""
SUM_OF = """\
def sum_of(prices):
    total = 0
    for price in prices:
        total += price
    return total


"""
SELECTED = range(1, 4)
USED = SUM_OF + "def report(prices):\n    return str(sum_of(prices))\n"


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (USED, ""),
        (SUM_OF + REPORT, "Nothing calls the new function `sum_of`"),
        (f"{SUM_OF}{REPORT}\n\nprint(sum_of([1]))\n", "in `report`"),
        (SUM_OF + REPORT.replace("    return", "    sum_of(prices)\n    return"), "still stands"),
        (USED.replace("str(sum_of(prices))", "str(sum_of(prices) + sum_of([]))"), ""),
        (
            REPORT.replace("    total = 0", "    def sum_of():\n        return 0\n\n    total = 0"),
            "Nothing calls",
        ),
        (
            "def report(prices):\n    def sum_of():\n        return sum(prices)\n\n    return str(sum_of())\n",
            "",
        ),
    ],
)
def test_an_extracted_function_is_called_where_its_lines_stood(after: str, says: str) -> None:
    found = flaw("extract", REPORT, after, selected=SELECTED)
    assert says in found
    assert bool(found) is bool(says)


def test_where_only_the_cursor_stands_its_line_may_stay() -> None:
    after = SUM_OF + REPORT.replace("    return str(total)", "    return str(sum_of(prices))")
    assert flaw("extract", REPORT, after, selected=range(1, 2)) == ""
    assert "still stands" in flaw("extract", REPORT, after, selected=SELECTED)


def test_methods_are_extracted_in_other_languages() -> None:
    before = "class Cart {\n  total() {\n    let sum = 0;\n    for (const p of this.prices) {\n      sum += p;\n    }\n    return sum;\n  }\n}\n"
    body = before[before.index("    let") : before.index("  }\n}")]
    unused = before.replace("  }\n}\n", f"  }}\n\n  sum() {{\n{body}  }}\n}}\n")
    used = (
        f"class Cart {{\n  total() {{\n    return this.sum();\n  }}\n\n  sum() {{\n{body}  }}\n}}\n"
    )
    for language in ("typescript", "javascript"):
        assert flaw("extract", before, used, language, selected=range(2, 6)) == ""
        assert flaw("extract", before, unused, language, selected=range(2, 6))
    go = HALF_GO + "\nfunc Sum(prices []int) int {\n\treturn 0\n}\n"
    assert "`Sum` in `Half`" in flaw("extract", HALF_GO, go, "go", selected=range(3, 4))


HEAD = "import pytest\nfrom basket import total\n\n\n"
ASSERTS = "def test_total():\n    assert total([1]) == 1\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + ASSERTS, ""),
        (f"{HEAD}@pytest.mark.skip\n{ASSERTS}", "never run"),
        (f"{HEAD}@pytest.mark.xfail(reason='x')\n{ASSERTS}", "never run"),
        (f"{HEAD}@pytest.mark.skipif(X, reason='x')\n{ASSERTS}", ""),
        (f"{HEAD}pytestmark = pytest.mark.skip\n\n\n{ASSERTS}", "never run"),
        (HEAD + ASSERTS.replace("    assert", "    pytest.skip('x')\n    assert"), "`pytest.skip`"),
        (HEAD + ASSERTS.replace("    assert", "    if x:\n        pytest.skip('x')\n    assert"), ""),
        (f"def total(prices):\n    return sum(prices)\n\n\n{ASSERTS}", "define `total` themselves"),
        (HEAD + ASSERTS.replace("== 1", "is not None"), "only asserts that something is there"),
        (HEAD + ASSERTS.replace("    assert", "    assert total([2]) is not None\n    assert"), ""),
        (HEAD + ASSERTS.replace("total([1]) == 1", "total([1]) is None"), ""),
    ],
)  # fmt: skip
def test_tests_are_run_use_what_they_test_and_can_be_wrong(text: str, says: str) -> None:
    found = flaw("tests", "", text, about=("total",))
    assert says in found
    assert bool(found) is bool(says)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("go", 'package s\n\nfunc TestHalf(t *testing.T) {\n\tt.Skip("x")\n\tif Half(4) != 2 {\n\t\tt.Fatal()\n\t}\n}\n'),
        ("rust", "#[test]\n#[ignore]\nfn a() {\n    assert_eq!(Half(4), 2);\n}\n"),
        ("typescript", 'it("a", () => {\n  expect(Half(4)).toBe(2);\n});\nit.skip("b", () => {\n  expect(Half(4)).toBe(2);\n});\n'),
        ("typescript", 'it("a", () => {\n  expect(Half(4)).toBeDefined();\n});\n'),
        ("go", "package s\n\nfunc Half(a int) int { return a / 2 }\n\nfunc TestHalf(t *testing.T) {\n\tif Half(4) != 2 {\n\t\tt.Fatal()\n\t}\n}\n"),
    ],
)  # fmt: skip
def test_tests_that_are_none_are_told_in_other_languages(language: str, text: str) -> None:
    assert flaw("tests", "", text, language, about=("Half",))


def test_a_test_beside_what_it_tests_defines_nothing_itself() -> None:
    before = "pub fn half(a: i64) -> i64 {\n    a / 2\n}\n"
    after = before + "\n#[test]\nfn halves() {\n    assert_eq!(half(4), 2);\n}\n"
    assert flaw("tests", before, after, "rust", about=("half",)) == ""
