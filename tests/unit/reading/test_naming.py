from __future__ import annotations

import pytest

from understudy.reading.languages import is_language
from understudy.reading.name_patterns import HOLDERS, PATTERNS
from understudy.reading.naming import named

TEXTS = {
    "abap": ("CLASS lcl DEFINITION.\nENDCLASS.\nFORM go.\nENDFORM.", "lcl go"),
    "bat": ("@echo off\n:start\necho x:y\n:stop\ngoto start", "start stop"),
    "bibtex": ("@book{knuth,\n  title = {T}\n}\n@misc{other,\n}", "knuth other"),
    "clojure": ("(ns x)\n(def a 1)\n(defn- b [x]\n  (def c 1))", "a b"),
    "cmake": ("project(shop)\nadd_library(core a.c)\nif(X)\nset(Y 1)\nendif()", "project shop|add_library core|set Y"),
    "css": ("a:hover,\nb { color: red; }\n@media print {\n  c { top: 0; }\n}", "a:hover|b|@media print|c"),
    "dockerfile": ("FROM a AS build\nRUN x\nFROM b AS run\nCMD y", "build run"),
    "elixir": ("defmodule A do\n  def f(0), do: 1\n  def f(n), do: n\n  defp g, do: 2\nend", "A f g"),
    "elm": ("module A exposing (..)\nf : Int\nf = 1\ntype T = A | B", "f T"),
    "erlang": ("-module(a).\nf(0) -> 1;\nf(N) -> N.\ng() -> 2.", "f g"),
    "fortran": ("module m\ncontains\n  subroutine s(x)\n  end subroutine s\nend module m", "m s"),
    "fsharp": ("module M\nlet rec f x =\n    let y = x\n    y\ntype T = { A: int }", "M f T"),
    "graphql": ("type A {\n  x: Int\n}\nextend type B {\n  y: Int\n}\nquery Q { a }", "A B Q"),
    "groovy": ("plugins {\n  id 'java'\n}\ndef f() {\n  if (x) {\n  }\n}", "plugins f"),
    "haskell": ("module A where\nimport B\ndata T = X\nf :: Int\nf = 1\ng x\n  | x = 1", "T f"),
    "html": ('<main id="a">\n  <p id="b">text</p>\n</main>', "main a|p b"),
    "ini": ("top = 1\n[a]\nx = 1\n[b]\ny = 1", "top a x b y"),
    "json": ('{\n  "a": {\n    "b": {\n      "c": 1\n    }\n  }\n}', "a b"),
    "julia": ("function f(x)\n  g(x) = 1\nend\nh(x) = 2\nif f(x) == 1\nend", "f h"),
    "just": ("build:\n  cc a.c\ntest arg: build\n  ./a", "build test"),
    "kotlin": ("class A {\n  fun f() {\n  }\n}\nfun g() {\n}", "A f g"),
    "latex": ("\\newcommand{\\a}{b}\n\\section{S}\\label{sec:s}\nText.", "\\a|\\label{sec:s}"),
    "lisp": ("(defun f (x) x)\n(defvar *y* 1)", "f *y*"),
    "makefile": (".PHONY: all\nCC := cc\nall: a.o\n\tcc -o a:b\nifeq ($(X),1)\nendif", ".PHONY CC all"),
    "matlab": ("function y = f(x)\n  y = x;\nend\nfunction g\nend", "f g"),
    "nim": ("proc f*(x: int) =\n  discard\ntype\n  T = object", "f T"),
    "nix": ("{\n  a = {\n    b = 1;\n  };\n  c.d = 2;\n}", "a b c.d"),
    "objective-c": ("@implementation A\n- (void)f:(int)x {\n}\n@end\nint g(void) {\n}", "A f: g"),
    "ocaml": ("let rec f x =\n  let y = x in\n  y\nand g = 1\nlet () = f 1", "f g"),
    "pascal": ("procedure F;\nbegin\nend;\nfunction G: Integer;", "F G"),
    "perl": ("package A;\nsub f {\n  my $x = 1;\n}", "A f"),
    "powershell": ("function Get-It {\n  $x = 1\n}\nfunction global:Set-It {\n}", "Get-It Set-It"),
    "prisma": ("model A {\n  id Int\n}\nenum B {\n  X\n}", "A B"),
    "proto": ("message A {\n  int32 x = 1;\n  message B {\n  }\n}\nservice S {\n  rpc F(A) returns (B);\n}", "A B S F"),
    "r": ("f <- function(x) {\n  y <- x\n}\nsetMethod('g', 'A', f)", "f g"),
    "scala": ("object A {\n  private val x = 1\n  override def f: Int = 2\n}", "A x f"),
    "scheme": ("(define (f x) x)\n(define y 1)", "f y"),
    "scss": ("@mixin m {\n  top: 0;\n}\n.a, .b {\n  .c {\n    top: 0;\n  }\n}", "@mixin m|.a|.b"),
    "solidity": ("contract A {\n  constructor() {\n  }\n  function f() public {\n  }\n}", "A constructor f"),
    "sql": ("CREATE TABLE IF NOT EXISTS a (\n  id int\n);\ncreate or replace view b as select 1;", "a b"),
    "terraform": ('resource "x" "a" {\n  b = 1\n}\nlocals {\n  c = 1\n}\nvariable "d" {\n}', "x a|locals|c|variable d"),
    "toml": ("a = 1\n[b]\nc = 1\n[[d]]\ne = 1", "a b c d e"),
    "vb": ("Public Class A\n  Private Sub F()\n  End Sub\nEnd Class", "A F"),
    "verilog": ("module m (input a);\nendmodule\nfunction automatic [3:0] f;\nendfunction", "m f"),
    "vhdl": ("entity e is\nend e;\narchitecture a of e is\n  p: process\nend a;", "e a p"),
    "viml": ("function! A#f()\nendfunction\ncommand! -nargs=1 C call F()", "A#f C"),
    "xml": ('<r>\n  <string name="a">x</string>\n  <string name="b">y</string>\n</r>', "string a|string b"),
    "yaml": ("services:\n  a:\n    image: x\n  b:\n    image: y\n# c: d", "services a b"),
    "zig": ('const A = struct {\n    fn f() void {\n        const x = 1;\n    }\n};\ntest "t" {\n}', 'A|f|test "t"'),
    "crystal": ("class A\n  def f\n    x = 1\n  end\nend\nmacro m\nend", "A f m"),
    "odin": ("struct A {\n}\nproc f() {\n}", "A f"),
    "markdown": ("# def f\n\nfunction g() {\n", ""),
    "plaintext": ("class of its own\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_what_a_text_defines_is_named_and_what_stands_in_functions_is_not(language: str) -> None:
    text, told = TEXTS[language]
    names = told.split("|") if "|" in told else told.split()
    assert [one.name for one in named(text.split("\n"), language)] == names


def test_a_definition_ends_above_the_comment_of_the_next_one() -> None:
    first, second = named(["a:", "\tx", "", "# Of b.", "b:", "\ty"], "makefile")
    assert (first.lines, second.lines) == (range(2), range(4, 6))


def test_most_languages_that_fences_name_have_words_for_their_definitions() -> None:
    assert set(HOLDERS) <= set(PATTERNS)
    unknown = {one for one in PATTERNS if not is_language(one)}
    assert unknown == {"dotenv", "just", "properties"}
