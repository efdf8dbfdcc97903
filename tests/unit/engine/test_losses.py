from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.engine.facts_factory import DEFAULT, WRITTEN, facts_of
from understudy.core.text import Span
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.losses import lost_unasked, marked_code_goes
from understudy.workspace.diagnostics import Diagnostic

BEFORE = (
    "def total(prices):\n    return sum(prices)\n\n\ndef clear(cart):\n    cart.items = []\n"
    "    cart.sum = 0\n"
)
AFTER = BEFORE[: BEFORE.index("\n\ndef clear")]
AT = BEFORE.index("clear")


def lost(after: str = AFTER, before: str = BEFORE, **more: object) -> Facts:
    facts = facts_of(before, after)
    return replace(facts, rule="", who=("acme/one", "fix", "python"), **more)  # type: ignore[arg-type] # any field


def about(message: str, code: str = "X1", at: int = AT, size: int = 5) -> Diagnostic:
    return Diagnostic("tool", code, message, Span(at, at + size))


def test_an_edit_that_drops_a_function_unasked_is_looked_at() -> None:
    assert "`clear`" in lost_unasked(lost())
    verdict = judge(lost(), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "lost_definition" in {reason.signal for reason in verdict.reasons}
    assert judge(WRITTEN, DEFAULT).band is Band.CONFIRM


def test_a_function_that_a_diagnostic_calls_unused_or_doubled_may_go() -> None:
    for message in ("`clear` is never used", "Function is unused", "Redefinition of `clear`"):
        assert lost_unasked(lost(target=about(message))) == ""
    # The same word about another place asks for nothing here.
    assert lost_unasked(lost(target=about("Local variable `x` is unused", at=0)))


def test_what_is_unused_within_a_function_does_not_let_all_of_it_go() -> None:
    inner = about("Local variable `cart` is assigned to but never used", "F841", AT + 20)
    assert "`clear`" in lost_unasked(lost(target=inner))


def test_a_statement_or_an_import_that_is_gone_unasked_is_told() -> None:
    before = f"import readline\nimport logging\n\n{BEFORE}\n\nlogging.basicConfig(level=10)\n"
    without = before.replace("import readline\n", "")
    assert "`readline`" in lost_unasked(lost(after=without, before=before))
    unused = about("`readline` imported but unused", "F401", before.index("readline"))
    assert lost_unasked(lost(after=without, before=before, target=unused)) == ""
    silent = before.replace("\n\nlogging.basicConfig(level=10)\n", "")
    assert "basicConfig" in lost_unasked(lost(after=silent, before=before))
    called = about("Debug set up", at=before.index("logging.basic"))
    assert lost_unasked(lost(after=silent, before=before, target=called)) == ""


def test_a_rule_a_wish_about_the_lines_and_a_new_name_take_nothing_away() -> None:
    assert lost_unasked(facts_of(BEFORE, AFTER)) == ""
    wished = (Span(AT, len(BEFORE)),)
    assert lost_unasked(lost(target=None, wished=wished)) == ""
    assert lost_unasked(lost(after=BEFORE.replace("clear(", "empty("))) == ""


def test_one_of_two_versions_in_a_text_that_could_not_be_read_may_go() -> None:
    before = f"<<<<<<< HEAD\n{BEFORE}=======\ndef clear(cart):\n    cart.items = {{}}\n>>>>>>> x\n"
    assert lost_unasked(lost(before=before, after=BEFORE, parsed_before=False)) == ""


ROUTES = "@app.route('/b')\n@cached\ndef b(x):\n    return y\n"
AT_Y = ROUTES.index("y\n")


def without(line: str, **more: object) -> Facts:
    return lost(after=ROUTES.replace(line, ""), before=ROUTES, **more)


def test_a_decorator_that_goes_with_another_fix_is_told() -> None:
    undefined = about("Undefined name `y`", "F821", AT_Y)
    told = lost_unasked(without("@app.route('/b')\n", target=undefined))
    assert "`@app.route('/b')` above `b`" in told
    edit = without("@cached\n", target=undefined)
    assert judge(edit, DEFAULT).band is Band.REVIEW
    assert "`@cached`" in lost_unasked(replace(edit, target=None, who=("a/b", "simplify", "x")))


def test_a_decorator_that_a_new_function_takes_is_told() -> None:
    after = ROUTES.replace("def b(x):", "def helper(x):\n    return x\n\n\ndef b(x):")
    edit = lost(after=after, before=ROUTES, target=about("Undefined name `y`", "F821", AT_Y))
    assert "`@app.route('/b')` above `b`" in lost_unasked(edit)
    assert judge(edit, DEFAULT).band is Band.REVIEW


def test_a_decorator_that_a_diagnostic_marks_or_names_may_go() -> None:
    named = about("Decorator `cached` takes no such function", at=AT_Y)
    marked = about("Wrong here", at=ROUTES.index("cached"))
    for target in (named, marked):
        assert lost_unasked(without("@cached\n", target=target)) == ""


IMPORTS = "import os\nimport sys\n\nprint(1)\n"


def test_an_import_that_a_checker_called_unused_may_go_with_another() -> None:
    target = about("`os` imported but unused", "F401", IMPORTS.index("os"), 2)
    both = lost(after="print(1)\n", before=IMPORTS, target=target)
    assert "`sys`" in lost_unasked(both)
    other = about("`sys` imported but unused", "F401", IMPORTS.index("sys"), 3)
    fixed = replace(both, comparison=replace(both.comparison, fixed=(target, other)))
    assert lost_unasked(fixed) == ""
    go = 'package a\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nfunc A() {}\n'
    facts = lost(after="package a\n\nfunc A() {}\n", before=go, target=target)
    view = replace(facts.before, language="go")
    other = about('"fmt" imported and not used', "UnusedImport", go.index("fmt"))
    comparison = replace(facts.comparison, fixed=(target, other))
    assert lost_unasked(replace(facts, before=view, comparison=comparison)) == ""


LOOP = "def f(items):\n    total = 0\n    for i, one in items:\n        total += one\n    return total\n"


def test_a_loop_is_no_part_of_its_unused_name() -> None:
    start = LOOP.index("    for")
    after = LOOP[:start] + LOOP[LOOP.index("    return") :]
    unused = about("Loop variable `i` is not used", "B007", start + 8)
    assert marked_code_goes(lost(after=after, before=LOOP, target=unused))
    assert marked_code_goes(lost(after=after, before=LOOP, target=about("Wrong", at=start + 8)))
    # A statement that does nothing may go, and so may an assignment that nothing reads.
    idle = "def f(a):\n    b = a\n    a\n    return a\n"
    bare = about("Useless expression", "B018", idle.index("    a\n") + 4)
    assert not marked_code_goes(lost(after=idle.replace("    a\n", ""), before=idle, target=bare))
    never = about("Local variable `b` is assigned to but never used", "F841", idle.index("b ="))
    assert not marked_code_goes(
        lost(after=idle.replace("    b = a\n", ""), before=idle, target=never)
    )


def test_a_name_such_as_remove_or_what_something_has_not_does_not_let_marked_code_go() -> None:
    before = "def f(a):\n    a.remove(1)\n    return a\n"
    after = before.replace("    a.remove(1)\n", "")
    for message in (
        '"A" has no attribute "remove"',
        "Property 'remove' does not exist on type 'A'.",
    ):
        target = about(message, at=before.index("remove"))
        assert marked_code_goes(lost(after=after, before=before, target=target))
    idle = about("The statement has no effect", at=before.index("a.remove"))
    assert not marked_code_goes(lost(after=after, before=before, target=idle))


def test_what_is_lost_in_any_other_language_is_named_and_looked_at() -> None:
    before = (
        "fun total(x: Int): Int {\n    return x + 1\n}\n\nfun clear(x: Int) {\n    drop(x)\n}\n"
    )
    after = before[: before.index("\nfun clear")].replace("1", "2")
    facts = lost(after=after, before=before)
    facts = replace(facts, before=replace(facts.before, language="kotlin"))
    assert "`clear`" in lost_unasked(facts)
    assert judge(facts, DEFAULT).band not in {Band.AUTO, Band.CONFIRM}
    unused = about("`clear` is never used", at=before.index("clear"))
    assert lost_unasked(replace(facts, target=unused)) == ""
    plan = "".join(f"step {word} then {word}{word}\n" for word in "abcdefghi")
    facts = lost(after=plan[: plan.index("step g")], before=plan)
    facts = replace(facts, before=replace(facts.before, language="plan"))
    assert "3 of 9 lines" in lost_unasked(facts)


FIELDS = (
    "class Item:\n    name: str\n    price: int\n    code: str\n\n    def total(self) -> int:\n"
    '        return "0"\n'
)


def test_a_member_that_is_gone_beside_a_fix_is_told_unless_a_diagnostic_is_about_it() -> None:
    after = FIELDS.replace("    code: str\n", "").replace('"0"', "self.price")
    wrong = about('Type "str" is not assignable to return type "int"', at=FIELDS.index('"0"'))
    assert "`code`" in lost_unasked(lost(after=after, before=FIELDS, target=wrong))
    at_it = about("Type is partially unknown", at=FIELDS.index("code"))
    named = about("`code` hides a member of the base class", at=0)
    for target in (at_it, named):
        assert lost_unasked(lost(after=after, before=FIELDS, target=target)) == ""
    other = replace(lost(after=after, before=FIELDS, target=wrong), besides=(named,))
    assert lost_unasked(other) == ""


def test_a_member_of_a_typescript_type_is_told_whatever_types_the_message_names() -> None:
    before = "interface Item {\n  name: string;\n  code: string;\n}\n\nfunction f(): number {\n  return '';\n}\n"
    after = before.replace("  code: string;\n", "").replace("''", "0")
    wrong = about("Type 'string' is not assignable to type 'number'.", at=before.index("return"))
    facts = lost(after=after, before=before, target=wrong)
    view = replace(facts.before, language="typescript")
    assert "`code`" in lost_unasked(replace(facts, before=view))


RUST_ENUM = "pub enum E {\n    A,\n    B,\n    C,\n}\n\npub fn f(e: &E) -> u8 {\n    match e {\n        E::A => 1,\n        E::B => 2,\n    }\n}\n"
RUST_STRUCT = (
    "pub struct P {\n    pub a: u8,\n    pub b: u8,\n}\n\npub fn f() -> P {\n    P { a: 1 }\n}\n"
)
TS_FACE = (
    "export interface P {\n  a: number;\n  delete: string;\n}\n\nexport const p: P = { a: 1 };\n"
)
TS_UNION = "type K =\n  | 'a'\n  | 'c';\n\nfunction f(k: K): number {\n  const n: never = k;\n  return n;\n}\n"
GO_STRUCT = "package a\n\ntype P struct {\n\tA int\n\tB int\n}\n\nvar p = P{1}\n"


@pytest.mark.parametrize(
    ("language", "before", "gone", "at", "message"),
    [
        ("rust", RUST_ENUM, "    C,\n", "match", "non-exhaustive patterns: `&E::C` not covered"),
        (
            "rust",
            RUST_STRUCT,
            "    pub b: u8,\n",
            "P { a",
            "missing field `b` in initializer of `P`",
        ),
        (
            *("typescript", TS_FACE, "  delete: string;\n", "p: P"),
            "Property 'delete' is missing in type '{ a: number; }' but required in type 'P'.",
        ),
        (
            *("typescript", TS_UNION, "\n  | 'c'", "n: never"),
            "Type '\"c\"' is not assignable to type 'never'.",
        ),
        ("go", GO_STRUCT, "\tB int\n", "P{1}", "too few values in struct literal: B is missing"),
        (
            *("python", FIELDS + "\n\nItem('', 1)\n", "    code: str\n", "Item('"),
            'Argument missing for parameter "code"',
        ),
    ],
)
def test_a_member_that_something_lacks_is_not_called_too_much(
    language: str, before: str, gone: str, at: str, message: str
) -> None:
    target = about(message, at=before.index(at))
    facts = lost(after=before.replace(gone, ""), before=before, target=target)
    facts = replace(facts, before=replace(facts.before, language=language))
    assert "takes `" in lost_unasked(facts)
    assert judge(facts, DEFAULT).band is Band.REVIEW


def test_a_key_that_a_tool_does_not_know_may_go() -> None:
    before = '{\n  "name": "a",\n  "nam": "b"\n}\n'
    after = '{\n  "name": "a"\n}\n'
    for message in ("Property nam is not allowed.", "unknown key `nam`", "Unexpected field: nam"):
        facts = lost(after=after, before=before, target=about(message, at=0, size=1))
        facts = replace(facts, before=replace(facts.before, language="json"))
        assert lost_unasked(facts) == ""


def test_values_of_a_list_may_go_where_a_diagnostic_is_about_the_list() -> None:
    before = "pair: tuple[int, int] = f([\n    'one',\n    'two',\n    'three',\n])\n"
    after = before.replace("    'three',\n", "")
    about_all = about("Expected 2 elements", at=before.index("["))
    assert lost_unasked(lost(after=after, before=before, target=about_all)) == ""
    one = about("Undefined name", at=before.index("'one'"))
    assert "`'three'`" in lost_unasked(lost(after=after, before=before, target=one))


NGINX = "".join(f"location /a{at} {{\n    proxy_pass http://h{at};\n}}\n\n" for at in range(8))


def test_lines_that_go_far_from_the_problem_are_told_where_no_grammar_is_known() -> None:
    def nginx(after: str, target: Diagnostic) -> Facts:
        facts = lost(after=after, before=NGINX, target=target)
        return replace(facts, before=replace(facts.before, language="nginx"))

    gone = NGINX[NGINX.index("location /a5") : NGINX.index("location /a6")]
    after = NGINX.replace("http://h1", "https://h1").replace(gone, "")
    wrong = about("host not found", at=NGINX.index("http://h1"))
    assert "`location /a5 {`" in lost_unasked(nginx(after, wrong))
    assert judge(nginx(after, wrong), DEFAULT).band is not Band.CONFIRM
    at_it = about("host not found", at=NGINX.index("http://h5"))
    doubled = about('duplicate location "/a5"', at=NGINX.index("http://h1"))
    for target in (at_it, doubled):
        assert lost_unasked(nginx(after, target)) == ""
    assert lost_unasked(nginx(NGINX.replace("http://h1", "https://h1"), wrong)) == ""
