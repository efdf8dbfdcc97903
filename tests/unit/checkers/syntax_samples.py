"""One right text for each language with a grammar, and mistakes in it with the place of each."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """A text in which `wrong` took the place of `right`; `line` of the whole text can't be read.

    Lines count from 0, in the text that begins with the language's comment.
    """

    right: str
    wrong: str
    line: int


class Sample(NamedTuple):
    """A text that parses, beginning with a comment that holds wide characters."""

    text: str
    mistakes: tuple[Mistake, ...]


_C = (
    "/* π😀 */\n#include <stdio.h>\n\nint add(int a, int b) {\n    return a + b;\n}\n\n"
    'int main(void) {\n    printf("%d\\n", add(1, 2));\n    return 0;\n}\n'
)
_ECMA = (
    "/* π😀 */\nimport { a } from './a';\n\nexport class Basket {\n  total(items) {\n"
    "    return items.map((x) => x.price);\n  }\n}\n"
)
_TS = _ECMA.replace("total(items)", "total(items: Item[]): number[]") + (
    "\ninterface Item {\n  price: number;\n}\n\ntype Maybe<T> = T extends null ? never : T;\n"
    "const item = { price: 1 } satisfies Item;\nenum Colour { Red }\n"
)
_ECMA_MISTAKES = (
    Mistake("(x) => x.price);", "(x) => x.price;", 5),
    Mistake("return items", "return = items", 5),
    Mistake("  }\n}\n", "  }\n}}\n", 7),
)

SAMPLES: dict[str, Sample] = {
    "go": Sample(
        '// π😀\npackage main\n\nimport (\n\t"fmt"\n)\n\nfunc add[T int | float64](a, b T) T {\n'
        "\treturn a + b\n}\n\nfunc main() {\n\tfor i := range 3 {\n\t\tfmt.Println(add(i, 1))\n\t}\n}\n",
        (
            Mistake("return a + b", "return a + = b", 8),
            Mistake("add(i, 1))", "add(i, 1)", 13),
            Mistake('"fmt"', '"fmt', 4),
        ),
    ),
    "rust": Sample(
        "// π😀\nuse std::fmt;\n\nstruct A<'a> {\n    name: &'a str,\n}\n\nimpl A<'_> {\n"
        "    async fn f(&self) -> Option<i32> {\n        let x = Some(1)?;\n        Some(x + 1)\n    }\n}\n",
        (
            Mistake("Some(1)?;", "Some(1?;", 9),
            Mistake("let x = ", "let = ", 9),
            Mistake("name: &'a str,", "name &'a str,", 4),
        ),
    ),
    "java": Sample(
        "// π😀\npackage a;\n\nimport java.util.List;\n\npublic record Point(int x, int y) {\n"
        "    int sum() {\n        return switch (x) {\n            case 1 -> 2;\n            default -> x + y;\n"
        "        };\n    }\n}\n",
        (
            Mistake("default -> x + y;", "default -> x + ;", 9),
            Mistake("int sum() {", "int sum( {", 6),
        ),
    ),
    "c": Sample(
        _C,
        (
            Mistake("return a + b;", "return a + b", 4),
            Mistake("add(1, 2));", "add(1, 2);", 8),
        ),
    ),
    "cpp": Sample(
        _C.replace("int add(int a, int b)", "template <typename T> auto add(T a, T b)"),
        (
            Mistake("return a + b;", "return a + b", 4),
            Mistake("add(1, 2));", "add(1, 2);", 8),
        ),
    ),
    "csharp": Sample(
        "// π😀\nusing System;\n\nnamespace A;\n\npublic record Point(int X, int Y)\n{\n"
        '    public int Sum => X + Y;\n\n    public string Say()\n    {\n        return $"{X} {Y}";\n    }\n}\n',
        (
            Mistake("=> X + Y;", "=> (X + Y;", 7),
            Mistake('{Y}";', '{Y}"', 11),
        ),
    ),
    "ruby": Sample(
        "# π😀\nrequire 'set'\n\nclass Basket\n  def total(items)\n    items.map { |x| x.price }.sum\n"
        "  end\nend\n",
        (
            Mistake("{ |x| x.price }", "{ |x| x.price ", 5),
            Mistake("def total(items)", "def total(items", 4),
        ),
    ),
    "php": Sample(
        "<?php\n// π😀\nfinal class Basket\n{\n    public function total(int $a): int\n    {\n"
        "        return match (true) {\n            $a > 1 => 2,\n            default => 3,\n        };\n"
        "    }\n}\n",
        (
            Mistake("$a > 1 => 2,", "$a > => 2,", 7),
            Mistake("total(int $a)", "total(int $a", 4),
        ),
    ),
    "shellscript": Sample(
        '# π😀\nset -eu\n\nfor file in *.txt; do\n  if [ -f "$file" ]; then\n    cat <<EOF\n$file\nEOF\n'
        "  fi\ndone\n",
        (Mistake("  fi\n", "  fi )\n", 8), Mistake("done\n", "don\n", 9)),
    ),
    "html": Sample(
        '<!doctype html>\n<!-- π😀 -->\n<html>\n<body>\n  <p class="a">Text<br>\n  <img src=x>\n'
        "</body>\n</html>\n",
        (Mistake("<img src=x>", "<img src=x", 5), Mistake("<br>", "<br</b>", 4)),
    ),
    "css": Sample(
        "/* π😀 */\n@media (min-width: 3px) {\n  .a > b::after {\n    color: #fff;\n    margin: 0 1px;\n  }\n}\n",
        (
            Mistake("color: #fff;", "color: : #fff;", 3),
            Mistake("(min-width: 3px)", "(min-width: 3px", 1),
        ),
    ),
    "json": Sample(
        '{\n  "π😀": [1, 2.5e3, null],\n  "b": {"c": true}\n}\n',
        (Mistake("null],", "null,", 1), Mistake('"b": {', '"b" {', 2), Mistake("true}", "tru}", 2)),
    ),
    "toml": Sample(
        "# π😀\n[tool.a]\nb = 1\nc = [\"x\", 'y']\n\n[[d]]\ne = 1979-05-27\n",
        (Mistake("b = 1", "b = ", 2), Mistake("'y']", "'y'", 3)),
    ),
    "lua": Sample(
        "-- π😀\nlocal function add(a, b)\n  if a > 1 then\n    return a + b\n  end\n  return { a, b }\nend\n",
        (Mistake("return { a, b }", "return { a, b", 5), Mistake("a > 1 then", "a > > 1 then", 2)),
    ),
    "kotlin": Sample(
        "// π😀\npackage a\n\ndata class Point(val x: Int, val y: Int) {\n    fun sum(): Int {\n"
        "        return listOf(x, y).map { it + 1 }.sum()\n    }\n}\n",
        (Mistake("listOf(x, y)", "listOf(x, y", 5), Mistake("val x: Int", "val x: ", 3)),
    ),
    "swift": Sample(
        "// π😀\nimport Foundation\n\nstruct Point {\n    let x: Int\n\n    func sum(_ y: Int) -> Int {\n"
        "        guard y > 0 else { return x }\n        return x + y\n    }\n}\n",
        (Mistake("return x + y", "return x + = y", 8), Mistake("sum(_ y: Int)", "sum(_ y: Int", 6)),
    ),
    "javascript": Sample(_ECMA, _ECMA_MISTAKES),
    "javascriptreact": Sample(
        _ECMA.replace("x.price)", "<p>{x.price}</p>)"),
        (Mistake("</p>)", "</p)", 5), Mistake("return items", "return = items", 5)),
    ),
    "typescript": Sample(_TS, (*_ECMA_MISTAKES, Mistake("price: number;", "price: ;", 10))),
    "typescriptreact": Sample(
        _TS.replace("(x) => x.price)", "(x) => <p>{x.price}</p>)"),
        (Mistake("return items", "return = items", 5), Mistake("price: number;", "price: ;", 10)),
    ),
}
