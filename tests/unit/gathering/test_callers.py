"""Who is shown as a caller: code that can mean the function, and not text with its name in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, of_tier
from understudy.core.text import Span
from understudy.gathering.call_sites import call_sites
from understudy.languages import all_languages

SENDER = "class Sender:\n    def send(self, text):\n        return text\n"


def callers(files: dict[str, str], path: str, lines: range) -> dict[str, tuple[str, ...]]:
    related = of_tier(candidates(files, path, lines), "related_imports")
    told = {path: item.reasons for (path, _), item in related.items()}
    found = {path: tuple(one for one in each if "calls" in one) for path, each in told.items()}
    return {path: each for path, each in found.items() if each}


def test_comments_strings_and_parameters_of_the_same_name_are_no_callers() -> None:
    files = {
        "app/sender.py": SENDER,
        "app/a_notes.py": (
            'def explain():\n    """Never call send(x) by hand."""\n    return "x.send(x)"\n\n\n'
            "def other(send):\n    # x.send( nothing\n    send(1)\n"
        ),
        "app/b_first.py": "def b_first(send):\n    send(1)\n",
        "app/real_use.py": (
            "from app.sender import Sender\n\n\ndef notify(sender: Sender):\n"
            '    return sender.send("hello")\n'
        ),
    }
    found = callers(files, "app/sender.py", range(1, 3))
    assert found == {"app/real_use.py": ("calls `send` on line 5",)}


def test_a_line_in_a_short_file_has_the_callers_of_its_function() -> None:
    files = {
        "app/sender.py": f"{SENDER}\n\ndef other():\n    return 1\n",
        "app/use.py": "from app.sender import other\n\n\ndef use():\n    return other()\n",
    }
    at = files["app/sender.py"].index("    return 1")
    found = candidates(files, "app/sender.py", selection=Span(at, at))
    [use] = [one for one in found.items if one.path == "app/use.py"]
    assert "calls `other` on line 5" in use.reasons
    [target] = [one for one in found.items if one.tier == "target_file"]
    assert target.reasons == ("holds line 7, which the request is about",)


def test_files_that_name_the_class_come_before_nearer_ones() -> None:
    near = {f"app/near_{n}.py": f"def use_{n}(x):\n    return x.send(1)\n" for n in range(5)}
    far = {"lib/far.py": "from app.sender import Sender\n\n\ndef far():\n    Sender().send(1)\n"}
    files = {"app/sender.py": SENDER, **near, **far}
    found = callers(files, "app/sender.py", range(1, 3))
    assert len(found) == 3
    assert found["lib/far.py"] == ("calls `send` on line 5",)
    assert found["app/near_0.py"] == ("calls a `send` on line 2",)


def test_a_method_that_other_classes_have_too_is_only_called_where_its_class_is_named() -> None:
    files = {
        "sender.py": SENDER,
        "other.py": "class Other:\n    def send(self): ...\n",
        "a.py": "def use(x):\n    return x.send(1)\n",
        "b.py": "import socket\nfrom sender import Sender\n\n\ndef b():\n    socket.send(1)\n",
        "c.py": "from sender import Sender\n\n\ndef c(x: Sender):\n    x.send(1)\n",
        "d.py": (
            "from other import Other\nfrom sender import Sender\n\n\ndef d():\n    Other.send(1)\n"
        ),
    }
    assert set(callers(files, "sender.py", range(1, 3))) == {"c.py"}


def test_a_function_is_called_by_its_import_or_through_its_module() -> None:
    files = {
        "rates.py": "def rate(n):\n    return n\n",
        "a.py": "from rates import rate\n\n\ndef a():\n    return rate(1)\n",
        "b.py": "import rates\n\n\ndef b():\n    return rates.rate(1)\n",
        "c.py": "def c(x):\n    return x.rate(1)\n",
        "d.py": "from elsewhere import rate\n\n\ndef d():\n    return rate(1)\n",
    }
    assert set(callers(files, "rates.py", range(2))) == {"a.py", "b.py"}


def test_within_another_class_self_is_not_the_owner_but_in_a_subclass_it_is() -> None:
    files = {
        "sender.py": SENDER,
        "a.py": "from sender import Sender\n\n\nclass A:\n    def a(self):\n        self.send(1)\n",
        "b.py": (
            "from sender import Sender\n\n\nclass B(Sender):\n    def b(self):\n"
            "        self.send(1)\n"
        ),
    }
    assert set(callers(files, "sender.py", range(1, 3))) == {"b.py"}


def test_in_java_and_c_plus_plus_a_bare_name_is_a_call_where_the_class_is_built_on_the_owner() -> (
    None
):
    java = {
        "p/Sender.java": "package p;\nclass Sender {\n  int send(int n) {\n    return n;\n  }\n}\n",
        "p/A.java": "package p;\nclass A extends Sender {\n  int a() {\n    return send(1);\n  }\n}\n",
        "p/B.java": "package p;\nclass B {\n  int b(Sender s) {\n    return send(1);\n  }\n}\n",
    }
    assert set(callers(java, "p/Sender.java", range(2, 5))) == {"p/A.java"}
    cpp = {
        "sender.h": "class Sender {\n public:\n  int send(int n);\n};\n",
        "sender.cpp": '#include "sender.h"\nint Sender::send(int n) {\n  return n;\n}\n',
        "a.h": '#include "sender.h"\nclass A : public Sender {\n  int a();\n};\n',
        "a.cpp": '#include "a.h"\nint A::a() {\n  return send(1);\n}\n',
        "b.cpp": '#include "sender.h"\nint b(Sender& s) {\n  return send(1);\n}\n',
        "c.cpp": '#include "sender.h"\nint c(Sender* s) {\n  return s->send(1);\n}\n',
    }
    assert set(callers(cpp, "sender.cpp", range(1, 4))) == {"a.cpp", "c.cpp"}


def test_a_function_of_c_is_called_where_its_header_declares_it() -> None:
    files = {
        "rate.h": "int rate(int n);\n",
        "rate.c": '#include "rate.h"\nint rate(int n) {\n  return n;\n}\n',
        "a.c": '#include "rate.h"\nint a(void) {\n  return rate(1);\n}\n',
        "b.c": "/* rate(1) */\nint b(void) {\n  x.rate(1);\n  return 0;\n}\n",
    }
    assert set(callers(files, "rate.c", range(1, 4))) == {"a.c"}


def test_a_function_within_a_function_has_no_callers_elsewhere() -> None:
    files = {
        "a.py": "def outer():\n    def inner():\n        return 1\n    return inner\n",
        "b.py": "from a import outer\n\n\ndef b(x):\n    outer()\n    return x.inner(1)\n",
    }
    assert callers(files, "a.py", range(1, 3)) == {"b.py": ("calls `outer` on line 5",)}


@pytest.mark.parametrize(
    ("language", "text", "whence"),
    [
        ("typescript", "// Sends it.\nsend(x)", [None]),
        ("typescript", "a.\n  send(y); f().send(z)", [("a",), ("",)]),
        ("typescript", "a?.b!.send<T>(1); resend(1); send.x(1)", [("a", "b")]),
        ("typescript", '/* send( */ `${send(1)}` \'send(\' "\\"send(" ...send(1)', [None]),
        ("rust", "fn f<'a>(x: &'a T) { send::<T>(x); '\"'; a::send(1) }", [None, ("a",)]),
        ("go", '`send(` + "send("; x.Y.send (1) // send(', [("x", "Y")]),
        ("cpp", "p->send(1); N::send(2); '\"'; send(3)", [("p",), ("N",), None]),
        ("python", "'''send(''' + 'it\\'s send('\n# x.\nsend(1)", [None]),
        ("python", '"""send(', []),
    ],
)
def test_calls_are_told_from_text(
    language: str, text: str, whence: list[tuple[str, ...] | None]
) -> None:
    found = list(call_sites(text, "send", language))
    assert [one.whence for one in found] == whence
    assert all(text.startswith("send", one.at) for one in found)


@given(
    st.text(alphabet="ab.(:>-\"'`#/*\\\n ", max_size=60),
    st.sampled_from(sorted(all_languages())),
)
def test_any_text_can_be_searched(text: str, language: str) -> None:
    for one in call_sites(text, "a", language):
        assert text[one.at] == "a"
    assert list(call_sites(text, "", language)) == []
