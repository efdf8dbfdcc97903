"""Tests that can't fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.context.asserting import IdleTests, idle_tests, replaced_name, unrelated_tests
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
        'def test_a():\n    assert f("a") == f("b")\n',
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
        ('def test_a():\n    assert f("a") == f("a")\n', "test_a"),
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
        ('it("b", () => {\n  expect(f(1)).toBe(f(1));\n});\n', "b"),
    ],
}


@pytest.mark.parametrize(("language", "text"), [(a, b) for a in GOOD for b in GOOD[a]])
def test_a_test_that_can_fail_is_not_idle(language: str, text: str) -> None:
    assert idle(text, language) == IdleTests(1, ())


@pytest.mark.parametrize(("language", "text", "name"), [(a, *b) for a in IDLE for b in IDLE[a]])
def test_a_test_in_which_nothing_can_fail_is_named(language: str, text: str, name: str) -> None:
    assert idle(text, language).names == (name,)


def unrelated(after: str, language: str, *about: str, before: str = "") -> tuple[str, ...]:
    return unrelated_tests(before, after, language, grammar_of(language), about)


def test_a_test_that_uses_nothing_of_what_it_is_about_is_named() -> None:
    text = 'def test_a():\n    assert len("a") == 1\n\n\ndef test_b():\n    assert price(1) == 2\n'
    assert unrelated(text, "python", "price") == ("test_a",)
    assert unrelated(text, "python", "len") == ("test_b",)
    assert unrelated(text, "python") == ()
    assert unrelated(text, "python", "price", before=text) == ()
    script = 'it("counts", () => {\n  expect(1 + 1).toBe(2);\n});\n'
    assert unrelated(script, "typescript", "price") == ("counts",)


def test_a_test_may_use_it_by_what_else_is_in_the_file() -> None:
    helper = "def made():\n    return price(1)\n\n\ndef test_a():\n    assert made() == 2\n"
    assert unrelated(helper, "python", "price") == ()
    method = "def test_a(cart):\n    assert cart.total() == 2\n"
    assert unrelated(method, "python", "Cart", "total") == ()
    table = "func TestA(t *testing.T) {\n\tif Price(1) != 2 {\n\t\tt.Fatal()\n\t}\n}\n"
    assert unrelated(table, "go", "Price") == ()


@pytest.mark.parametrize(
    ("language", "text", "is_idle"),
    [
        (
            "python",
            "    try:\n        assert f() == 2\n    except AssertionError:\n        pass\n",
            True,
        ),
        ("python", "    try:\n        assert f() == 2\n    except:\n        ...\n", True),
        (
            "python",
            "    try:\n        f()\n        assert False\n    except ValueError:\n        pass\n",
            False,
        ),
        ("python", "    try:\n        assert f()\n    except Exception:\n        raise\n", False),
        (
            "python",
            "    try:\n        f()\n    except Exception:\n        pass\n    assert g() == 1\n",
            False,
        ),
        ("typescript", "  try {\n    expect(f()).toBe(2);\n  } catch {}\n", True),
        ("typescript", "  try {\n    f();\n  } catch (e) {}\n  expect(g()).toBe(1);\n", False),
    ],
)
def test_an_assertion_whose_failing_is_swallowed_asserts_nothing(
    language: str, text: str, *, is_idle: bool
) -> None:
    whole = f"def test_a():\n{text}" if language == "python" else f'it("a", () => {{\n{text}}});\n'
    found = idle(whole, language)
    assert bool(found.names) is is_idle


def test_what_is_replaced_is_not_tested() -> None:
    patched = 'def test_a(monkeypatch):\n    monkeypatch.setattr("cart.price", lambda: 1)\n'
    assert replaced_name(patched, ("price",)) == "price"
    assert replaced_name(patched, ("prices", "cost")) == ""
    assert replaced_name('vi.spyOn(shop, "price")', ("price",)) == "price"


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
