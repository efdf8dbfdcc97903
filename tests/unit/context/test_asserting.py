"""Tests that can't fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.asserting import IdleTests, idle_tests
from understudy.languages import grammar_of


def idle(after: str, language: str, before: str = "") -> IdleTests:
    found = idle_tests(before, after, language, grammar_of(language))
    assert found is not None
    return found


GOOD = {
    "python": [
        "def test_a():\n    assert f() == 1\n",
        "class TestA(TestCase):\n    def test_a(self):\n        self.assertEqual(f(), 1)\n",
        "def test_a():\n    with pytest.raises(ValueError):\n        f()\n",
        "async def test_a():\n    assert await f()\n",
        "def test_a():\n    assert True is f()\n",
    ],
    "go": [
        'func TestA(t *testing.T) {\n\tif f() != 1 {\n\t\tt.Fatalf("x")\n\t}\n}\n',
        "func TestA(t *testing.T) {\n\trequire.Equal(t, 1, f())\n}\n",
        "func ExampleF() {\n\tfmt.Println(f())\n\t// Output: 1\n}\n",
    ],
    "rust": [
        "#[test]\nfn a() {\n    assert_eq!(f(), 1);\n}\n",
        "#[test]\n#[should_panic]\nfn a() {\n    f();\n}\n",
        "#[should_panic]\n#[test]\nfn a() {\n    f();\n}\n",
        "#[tokio::test]\nasync fn a() {\n    assert!(f().await);\n}\n",
    ],
    "typescript": [
        'test("a", () => {\n  expect(f()).toBe(1);\n});\n',
        'describe("a", () => {\n  it.each([1])("b", (n) => {\n    assert.equal(f(n), 1);\n  });\n});\n',
    ],
}
IDLE = {
    "python": [
        ("def test_a():\n    f()\n", "test_a"),
        ("def test_a():\n    # assert f()\n    f()\n", "test_a"),
        ('def test_a():\n    """It should assert."""\n    f()\n', "test_a"),
        ("def test_a():\n    assert True\n", "test_a"),
        ("def test_a():\n    assert f()\n\ndef test_it_asserts():\n    f()\n", "test_it_asserts"),
        ("def test_a(self):\n    self.assertTrue(True)\n", "test_a"),
    ],
    "go": [
        ("func TestA(t *testing.T) {\n\tt.Log(f())\n}\n", "TestA"),
        ("func ExampleF() {\n\tfmt.Println(f())\n}\n", "ExampleF"),
    ],
    "rust": [
        ("#[test]\nfn a() {\n    f();\n}\n", "a"),
        ("#[test]\nfn a() {\n    assert!(true);\n    assert_eq!(1, 1);\n}\n", "a"),
    ],
    "typescript": [
        ('test("should expect", () => {\n  f();\n});\n', "should expect"),
        ('it("b", () => {\n  expect(true).toBe(true);\n});\n', "b"),
    ],
}


@pytest.mark.parametrize(("language", "text"), [(a, b) for a in GOOD for b in GOOD[a]])
def test_a_test_that_can_fail_is_not_idle(language: str, text: str) -> None:
    assert idle(text, language) == IdleTests(1, ())


@pytest.mark.parametrize(("language", "text", "name"), [(a, *b) for a in IDLE for b in IDLE[a]])
def test_a_test_in_which_nothing_can_fail_is_named(language: str, text: str, name: str) -> None:
    assert idle(text, language).names == (name,)


def test_only_new_and_changed_tests_count() -> None:
    old = "def test_a():\n    f()\n"
    new = "\ndef test_b():\n    assert f()\n"
    assert idle(old + new, "python", old) == IdleTests(1, ())
    assert idle(old + "x = 1\n", "python", old + "y = 1\n").names == ("test_a",)
    assert idle(old, "python", old) == IdleTests(0, ())


def test_of_a_language_whose_tests_are_unknown_nothing_is_said() -> None:
    assert idle_tests("", "void f() {}\n", "c", grammar_of("c")) is None


@given(st.text(alphabet="def test_a():\n assert#😀\"'", max_size=80))
def test_any_text_is_judged(text: str) -> None:
    found = idle(text, "python")
    assert len(found.names) <= found.new
