"""Ends with an error that another value takes the place of, and checks that are gone."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nif a.is_some() { a.unwrap() } else { 0 }\n}\n', 'fn f(a: Option<i32>) -> i32 {\na.unwrap_or(0)\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nmatch a { Some(v) => v, None => panic!("m") }\n}\n', 'fn f(a: Option<i32>) -> i32 {\na.expect("m")\n}\n'),
    ('rust', 'fn f(a: u32, b: u32) -> u32 {\na.checked_sub(b).unwrap_or(0)\n}\n', 'fn f(a: u32, b: u32) -> u32 {\na.saturating_sub(b)\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<i32, E> {\nlet v: i32 = s.parse()?;\nOk(v)\n}\n', 'fn f(s: &str) -> Result<i32, E> {\ns.parse()\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nif let Some(v) = a { v } else { 0 }\n}\n', 'fn f(a: Option<i32>) -> i32 {\na.unwrap_or(0)\n}\n'),
    ('rust', 'fn f() -> i32 {\nmatch g() { Ok(v) => v, Err(e) => panic!("{e}") }\n}\n', 'fn f() -> i32 {\ng().unwrap()\n}\n'),
    ('rust', 'fn f() -> Option<i32> {\nmatch g() { Ok(v) => Some(v), Err(_) => None }\n}\n', 'fn f() -> Option<i32> {\ng().ok()\n}\n'),
    ('go', 'package p\n\nfunc f(t *testing.T) {\n\tif got := g(); got != 1 {\n\t\tt.Fatalf("%d", got)\n\t}\n}\n', 'package p\n\nfunc f(t *testing.T) {\n\tgot := g()\n\tif got != 1 {\n\t\tt.Fatalf("%d", got)\n\t}\n}\n'),
    ('go', 'package p\n\nfunc f() error {\n\terr := g()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n', 'package p\n\nfunc f() error {\n\treturn g()\n}\n'),
    ('ruby', "def f(a)\n  fail ArgumentError, 'no' if a.nil?\n  a\nend\n", "def f(a)\n  raise ArgumentError, 'no' if a.nil?\n  a\nend\n"),
    ('kotlin', 'fun f(a: Int?): Int {\n    if (a == null) return 0\n    return a\n}\n', 'fun f(a: Int?): Int {\n    return a ?: 0\n}\n'),
    ('kotlin', 'fun f(a: Int?): Int {\n    if (a != null) return a!!\n    return 0\n}\n', 'fun f(a: Int?): Int {\n    return a ?: 0\n}\n'),
    ('shellscript', 'set -e\nset -u\nf\necho y\n', 'set -eu\nf\necho y\n'),
    ('shellscript', 'set -euo pipefail\nf\necho y\n', 'set -o errexit -o nounset -o pipefail\nf\necho y\n'),
    ('shellscript', 'if ! cd "$1"; then\n  exit 1\nfi\necho y\n', 'cd "$1" || exit 1\necho y\n'),
    ('shellscript', 'f() {\n  if [ -f "$1" ]; then\n    return 0\n  else\n    return 1\n  fi\n}\n', 'f() {\n  [ -f "$1" ]\n}\n'),
    ('java', 'class A { int f(String a) { if (a == null) { throw new NullPointerException("a"); } return a.length(); } }\n', 'class A { int f(String a) { Objects.requireNonNull(a, "a"); return a.length(); } }\n'),
]  # fmt: skip
OTHER = [
    ('rust', 'fn f(a: u32, b: u32) -> u32 {\na.checked_sub(b).expect("m")\n}\n', 'fn f(a: u32, b: u32) -> u32 {\na.saturating_sub(b)\n}\n'),
    ('rust', 'fn f(a: u32, b: u32) -> u32 {\na.checked_sub(b).expect("m")\n}\n', 'fn f(a: u32, b: u32) -> u32 {\na.wrapping_sub(b)\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<i32, E> {\nlet v: i32 = s.parse()?;\nOk(v)\n}\n', 'fn f(s: &str) -> Result<i32, E> {\nmatch s.parse() { Ok(v) => Ok(v), Err(_) => Ok(0) }\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<i32, E> {\nlet v: i32 = s.parse()?;\nOk(v)\n}\n', 'fn f(s: &str) -> Result<i32, E> {\nOk(s.parse().unwrap_or_default())\n}\n'),
    ('rust', 'fn f(s: &str) -> Result<i32, E> {\nlet v = s.parse::<i32>()?;\nOk(v)\n}\n', 'fn f(s: &str) -> Result<i32, E> {\nif let Ok(v) = s.parse::<i32>() { return Ok(v); }\nOk(0)\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nif a < 0 || b < 0 { panic!("m"); } a\n}\n', 'fn f(a: i32, b: i32) -> bool {\nif a < 0 { panic!("m"); } a\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nassert!(a > 0);\na\n}\n', 'fn f(a: i32, b: i32) -> bool {\na\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> Result<i32, E> {\nmatch a { Some(v) => Ok(v), None => Err(E::A) }\n}\n', 'fn f(a: Option<i32>) -> Result<i32, E> {\nOk(a.unwrap_or(0))\n}\n'),
    ('rust', 'fn f(a: Option<i32>) -> i32 {\nmatch a { Some(v) => v, None => panic!("m") }\n}\n', 'fn f(a: Option<i32>) -> i32 {\na.unwrap_or(0)\n}\n'),
    ('go', 'package p\n\nfunc f(t *testing.T) {\n\tif got := g(); got != 1 {\n\t\tt.Fatal(got)\n\t}\n}\n', 'package p\n\nfunc f(t *testing.T) {\n\tg()\n}\n'),
    ('go', 'package p\n\nfunc f(t *testing.T) {\n\tif got := g(); got != 1 {\n\t\tt.Errorf("%d", got)\n\t}\n}\n', 'package p\n\nfunc f(t *testing.T) {\n\tg()\n}\n'),
    ('go', 'package p\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tpanic(err)\n\t}\n}\n', 'package p\n\nfunc f() {\n\tg()\n}\n'),
    ('go', 'package p\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n', 'package p\n\nfunc f() {\n\t_ = g()\n}\n'),
    ('go', 'package p\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tlog.Fatalln(err)\n\t}\n}\n', 'package p\n\nfunc f() {\n\t_ = g()\n}\n'),
    ('go', 'package p\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tlog.Panicf("%v", err)\n\t}\n}\n', 'package p\n\nfunc f() {\n\t_ = g()\n}\n'),
    ('go', 'package p\n\nfunc f() {\n\tif err := g(); err != nil {\n\t\tlogger.Fatal(err)\n\t}\n}\n', 'package p\n\nfunc f() {\n\t_ = g()\n}\n'),
    ('go', 'package p\n\nfunc f() error {\n\terr := g()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n', 'package p\n\nfunc f() error {\n\tg()\n\treturn nil\n}\n'),
    ('ruby', 'def f(a)\n  fail X if a < 1\n  a\nend\n', 'def f(a)\n  a\nend\n'),
    ('ruby', "def f(a)\n  fail 'no' unless a\n  a\nend\n", 'def f(a)\n  a\nend\n'),
    ('ruby', "def f(a)\n  raise 'no' if a.nil?\n  a\nend\n", 'def f(a)\n  a\nend\n'),
    ('ruby', "def f(a)\n  abort('x') if a.nil?\n  a\nend\n", 'def f(a)\n  a\nend\n'),
    ('ruby', 'def f(a)\n  a.fetch(:x)\nend\n', 'def f(a)\n  a[:x]\nend\n'),
    ('kotlin', 'fun f(a: Int?): Int {\n    return a!!\n}\n', 'fun f(a: Int?): Int {\n    return a ?: 0\n}\n'),
    ('kotlin', 'fun f(a: A?): Int {\n    return a!!.n\n}\n', 'fun f(a: A?): Int {\n    return a?.n ?: 0\n}\n'),
    ('kotlin', 'fun f(a: Int?): Int {\n    val b = a ?: throw E()\n    return b\n}\n', 'fun f(a: Int?): Int {\n    val b = a ?: 0\n    return b\n}\n'),
    ('shellscript', 'f() {\n  if [ -z "$1" ]; then\n    return 1\n  fi\n  echo y\n}\n', 'f() {\n  echo y\n}\n'),
    ('shellscript', 'f() {\n  [ -z "$1" ] && return 1\n  echo y\n}\n', 'f() {\n  echo y\n}\n'),
    ('shellscript', 'f() {\n  [ -z "$1" ] && exit 2\n  echo y\n}\n', 'f() {\n  echo y\n}\n'),
    ('shellscript', 'set -e\nf\necho y\n', 'f\necho y\n'),
    ('shellscript', 'set -euo pipefail\nf\necho y\n', 'set -u\nf\necho y\n'),
    ('shellscript', 'cd "$1" || exit 1\necho y\n', 'cd "$1"\necho y\n'),
    ('java', 'class A { int f(String a) { Objects.requireNonNull(a); return a.length(); } }\n', 'class A { int f(String a) { return a.length(); } }\n'),
    ('java', 'class A { int f(int a) { Preconditions.checkArgument(a > 0); return a; } }\n', 'class A { int f(int a) { return a; } }\n'),
    ('java', 'class A { int f(Optional<Integer> a) { return a.orElseThrow(); } }\n', 'class A { int f(Optional<Integer> a) { return a.orElse(0); } }\n'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_ends_said_otherwise_are_the_same(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_other_ends_are_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))
