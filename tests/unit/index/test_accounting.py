from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from understudy.index.accounting import accounted, merged
from understudy.index.lost_statements import lost_statements
from understudy.reading.rewriting import Document

SHOP = """#!/usr/bin/env python3
# Copyright 2020 Acme
import os
import readline

LIMIT = 3


class Cart:
    def add(self, item):
        self.items.append(item)

    # Drops all.
    def clear(self):
        self.items = []


def total(cart):
    return sum(cart.items) + len(os.sep)


if __name__ == "__main__":
    total(Cart())
"""
CLEAR = "    def clear(self):\n        self.items.clear()\n"
GO = 'package x\n\nimport "fmt"\n\n// One counts.\nfunc One() int {\n\treturn 1\n}\n'
LANGUAGES = ("python", "typescript", "go", "rust", "java", "c", "ruby", "markdown", "unheard-of")


def part(block: str, before: str = SHOP, language: str = "python") -> str | None:
    return merged(block.splitlines(), before, range(len(before.splitlines())), language)


def gone(old: str, new: str, *, strict: bool = False) -> list[str]:
    found = lost_statements(SHOP, SHOP.replace(old, new), "python", strict=strict)
    return [one.what for one in found]


def test_a_definition_comes_in_the_place_of_the_one_of_its_name_and_all_else_stays() -> None:
    after = SHOP.replace("self.items = []", "self.items.clear()")
    assert part(CLEAR) == after
    assert part("class Cart:\n" + CLEAR) == after
    assert part("def One():\n    pass\n") is None
    assert part(CLEAR + "\nprint(1)\n") is None


def test_a_comment_above_stays_unless_the_block_has_one_too() -> None:
    changed = GO.replace("return 1", "return 2")
    assert part("func One() int {\n\treturn 2\n}\n", GO, "go") == changed
    assert part("// One.\nfunc One() int {\n\treturn 2\n}\n", GO, "go") == changed.replace(
        "// One counts.", "// One."
    )


def test_a_name_that_is_there_twice_has_no_certain_place() -> None:
    twice = SHOP + "\n\nclass Other:\n    def clear(self):\n        pass\n"
    assert part(CLEAR, twice) is None


def test_ends_of_lines_are_kept() -> None:
    before = SHOP.replace("\n", "\r\n")
    after = part(CLEAR, before)
    assert after == before.replace("self.items = []", "self.items.clear()")


def test_a_block_with_most_of_a_class_may_be_meant_to_be_whole() -> None:
    before = (
        "class A:\n    def a(self):\n        return 1\n\n    def b(self):\n        return 2\n\n"
    )
    before += "    def c(self):\n        return 3\n"
    after = before.replace("    def b(self):\n        return 2\n\n", "")
    found = accounted(after.splitlines(), Document(before, "python"), after, range(8))
    assert found.text == after
    assert [repair.risk for repair in found.repairs] == ["high"]


def test_statements_at_the_top_that_are_gone_are_told() -> None:
    guard = SHOP[SHOP.index("\n\nif __name__") :]
    assert gone(guard, "\n") == ['if __name__ == "__main__":']
    assert gone("#!/usr/bin/env python3\n# Copyright 2020 Acme\n", "") == [
        "#!/usr/bin/env python3",
        "# Copyright 2020 Acme",
    ]


def test_a_directive_above_all_code_is_told_beside_a_licence() -> None:
    def lost(before: str, after: str, language: str) -> list[str]:
        return [one.what for one in lost_statements(before, after, language)]

    code = "package a\n\nfunc A() int {\n\treturn 1\n}\n"
    new = f"// Copyright 2020 Acme\n\n{code}"
    assert lost(f"// Copyright 2020 Acme\n\n//go:build linux\n\n{code}", new, "go") == [
        "//go:build linux"
    ]
    assert lost(f"//go:build linux\n\n{code}", f"//go:build darwin\n\n{code}", "go") == []
    script = "function f() {\n  return 1;\n}\n"
    assert lost(f"// @ts-check\n{script}", script, "javascript") == ["// @ts-check"]
    assert lost(f"// Checked.\n{script}", script, "javascript") == []


def test_a_statement_that_changed_or_moved_is_not_gone() -> None:
    assert gone('if __name__ == "__main__":', "if __name__ in {'__main__'}:") == []
    assert gone('if __name__ == "__main__":\n    total(Cart())\n', "print(total(Cart()))\n") == []
    moved = 'def main():\n    if __name__ == "__main__":\n        total(Cart())\n'
    assert gone('if __name__ == "__main__":\n    total(Cart())\n', moved) == []


def test_an_import_may_go_when_nothing_uses_its_name() -> None:
    assert gone("import os\n", "") == ["os"]
    assert gone("import readline\n", "") == []
    assert gone("import readline\n", "", strict=True) == ["readline"]
    without = SHOP.replace("import os\n", "").replace(" + len(os.sep)", "")
    assert lost_statements(SHOP, without, "python", strict=True) == ()


def test_an_import_that_is_there_for_what_it_does_is_missed() -> None:
    before = "import './polyfill';\nimport { a } from './a';\n\nexport const b = a;\n"
    found = lost_statements(before, before.replace("import './polyfill';\n", ""), "typescript")
    assert [one.what for one in found] == ["./polyfill"]


@given(
    st.sampled_from(LANGUAGES),
    st.text(max_size=200),
    st.lists(st.sampled_from([*SHOP.splitlines(), *GO.splitlines(), "}", "\t"]), max_size=20),
)
def test_any_text_is_taken(language: str, text: str, lines: list[str]) -> None:
    before = "\n".join(lines)
    assert lost_statements(before, before, language) == ()
    for old, new in ((before, text), (text, before)):
        lost_statements(old, new, language, strict=True)
        found = accounted(new.split("\n"), Document(old, language), new, range(old.count("\n") + 1))
        assert found.text == new or found.is_part
