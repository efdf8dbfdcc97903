"""The same in other languages."""

from __future__ import annotations

import pytest

from understudy.context.behaviour import other_behaviour
from understudy.languages import grammar_of

SAME = [
    ('typescript', 'function f(a: number, b: number) {\nif (a > b) { return true; } else { return false; }\n}\n', 'function f(a: number, b: number) {\nreturn a > b;\n}\n'),
    ('typescript', 'function f(xs: number[]) {\nreturn !xs.some((x) => x > 0);\n}\n', 'function f(xs: number[]) {\nreturn xs.every((x) => x <= 0);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nreturn xs.filter(function (x) { return !x.ok; });\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => !x.ok);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nconst r = [];\nfor (const x of xs) {\n  if (x.ok) { r.push(x); }\n}\nreturn r;\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => x.ok);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nfor (const x of xs) {\n  if (x.n > 1) { return true; }\n}\nreturn false;\n}\n', 'function f(xs: T[]) {\nreturn xs.some((y) => y.n > 1);\n}\n'),
    ('typescript', "function f(a: number, b: number) {\nif (a === null || a === undefined) { throw new Error('x'); }\nreturn 1;\n}\n", "function f(a: number, b: number) {\nif (a == null) { throw new Error('x'); }\nreturn 1;\n}\n"),
    ('typescript', 'function f(xs: T[]) {\nif (xs.length === 0) { return 1; }\nreturn 2;\n}\n', 'function f(xs: T[]) {\nreturn xs.length ? 2 : 1;\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nif (a) { return a; } else { return b; }\n}\n', 'function f(a: number, b: number) {\nreturn a || b;\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nif (a !== undefined && a !== null) { return a; }\nreturn b;\n}\n', 'function f(a: number, b: number) {\nreturn a ?? b;\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nconst v = a ? true : false;\nreturn v;\n}\n', 'function f(a: number, b: number) {\nreturn !!a;\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nif a > b { return true; } return false;\n}\n', 'fn f(a: i32, b: i32) -> bool {\nreturn a > b;\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nif a > b { true } else { false }\n}\n', 'fn f(a: i32, b: i32) -> bool {\na > b\n}\n'),
    ('rust', 'fn f(a: bool) -> bool {\nif a { return true } return false\n}\n', 'fn f(a: bool) -> bool {\nreturn a\n}\n'),
    ('rust', 'fn f(xs: &[i32]) -> bool {\nfor x in xs { if *x > 0 { return true; } } false\n}\n', 'fn f(xs: &[i32]) -> bool {\nxs.iter().any(|x| *x > 0)\n}\n'),
    ('rust', 'fn f(xs: &[i32]) -> bool {\nfor x in xs { if *x > 0 { return true; } } false\n}\n', 'fn f(xs: &[i32]) -> bool {\nxs.iter().any(|&x| x > 0)\n}\n'),
    ('rust', 'fn f(xs: &[T]) -> usize {\nlet mut n = 0;\nfor x in xs { if x.ok { n += 1; } }\nn\n}\n', 'fn f(xs: &[T]) -> usize {\nxs.iter().filter(|x| x.ok).count()\n}\n'),
    ('go', 'package p\n\nfunc f(a, b int) bool {\n\tif a > b {\n\t\treturn true\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(a, b int) bool {\n\treturn a > b\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int) bool {\n\tfor _, x := range xs {\n\t\tif x > 0 {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(xs []int) bool {\n\treturn slices.ContainsFunc(xs, func(x int) bool { return x > 0 })\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int) []int {\n\tvar r []int\n\tfor _, x := range xs {\n\t\tif x > 0 {\n\t\t\tr = append(r, x)\n\t\t}\n\t}\n\treturn r\n}\n', 'package p\n\nfunc f(xs []int) []int {\n\tvar r []int\n\tfor _, x := range xs {\n\t\tif x <= 0 {\n\t\t\tcontinue\n\t\t}\n\t\tr = append(r, x)\n\t}\n\treturn r\n}\n'),
    ('ruby', 'def f(a)\n  a.select { |x| !x.ok }\nend\n', 'def f(a)\n  a.reject { |x| x.ok }\nend\n'),
    ('java', 'class A { boolean f(List<T> a) { return !a.stream().anyMatch(x -> x.ok); } }\n', 'class A { boolean f(List<T> a) { return a.stream().noneMatch(x -> x.ok); } }\n'),
    ('java', 'class A { boolean f(int a) { if (a > 1) { return true; } return false; } }\n', 'class A { boolean f(int a) { return a > 1; } }\n'),
]  # fmt: skip
OTHER = [
    ('typescript', 'function f(a: number, b: number) {\nif (a > b) { return true; }\nreturn false;\n}\n', 'function f(a: number, b: number) {\nreturn a <= b;\n}\n'),
    ('typescript', 'function f(xs: number[]) {\nreturn xs.some((x) => x > 0);\n}\n', 'function f(xs: number[]) {\nreturn xs.every((x) => x > 0);\n}\n'),
    ('typescript', 'function f(xs: number[]) {\nreturn xs.filter((x) => x > 0);\n}\n', 'function f(xs: number[]) {\nreturn xs.filter((x) => x <= 0);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nreturn xs.filter((x) => !x.ok);\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => x.ok);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nconst r = [];\nfor (const x of xs) {\n  if (x.ok) { r.push(x); }\n}\nreturn r;\n}\n', 'function f(xs: T[]) {\nreturn xs.filter((x) => !x.ok);\n}\n'),
    ('typescript', 'function f(xs: T[]) {\nfor (const x of xs) {\n  if (x.n > 1) { return true; }\n}\nreturn false;\n}\n', 'function f(xs: T[]) {\nreturn xs.every((y) => y.n > 1);\n}\n'),
    ('typescript', "function f(a: number, b: number) {\nif (a === null || b < 0) { throw new Error('x'); }\nreturn 1;\n}\n", "function f(a: number, b: number) {\nif (a === null) { throw new Error('x'); }\nreturn 1;\n}\n"),
    ('typescript', 'function f(xs: T[]) {\nif (xs.length === 0) { return 1; }\nreturn 2;\n}\n', 'function f(xs: T[]) {\nreturn xs.length ? 1 : 2;\n}\n'),
    ('typescript', 'function f(a: number, b: number) {\nreturn a ? true : false;\n}\n', 'function f(a: number, b: number) {\nreturn !a;\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nif a > b { return true; } return false;\n}\n', 'fn f(a: i32, b: i32) -> bool {\na <= b\n}\n'),
    ('rust', 'fn f(a: i32, b: i32) -> bool {\nif a > b { true } else { false }\n}\n', 'fn f(a: i32, b: i32) -> bool {\na < b\n}\n'),
    ('rust', 'fn f(xs: &[i32]) -> bool {\nxs.iter().any(|x| *x > 0)\n}\n', 'fn f(xs: &[i32]) -> bool {\nxs.iter().all(|x| *x > 0)\n}\n'),
    ('rust', 'fn f(xs: &[i32]) -> bool {\nfor x in xs { if *x > 0 { return true; } } false\n}\n', 'fn f(xs: &[i32]) -> bool {\nxs.iter().all(|x| *x > 0)\n}\n'),
    ('rust', 'fn f(xs: &[i32]) -> usize {\nxs.iter().filter(|x| **x > 0).count()\n}\n', 'fn f(xs: &[i32]) -> usize {\nxs.iter().filter(|x| **x <= 0).count()\n}\n'),
    ('rust', 'fn f(xs: &[T]) -> usize {\nlet mut n = 0;\nfor x in xs { if x.ok { n += 1; } }\nn\n}\n', 'fn f(xs: &[T]) -> usize {\nxs.iter().filter(|x| !x.ok).count()\n}\n'),
    ('go', 'package p\n\nfunc f(a, b int) bool {\n\tif a > b {\n\t\treturn true\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(a, b int) bool {\n\treturn a <= b\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int) bool {\n\tfor _, x := range xs {\n\t\tif x > 0 {\n\t\t\treturn true\n\t\t}\n\t}\n\treturn false\n}\n', 'package p\n\nfunc f(xs []int) bool {\n\treturn !slices.ContainsFunc(xs, func(x int) bool { return x > 0 })\n}\n'),
    ('go', 'package p\n\nfunc f(a, b int) (int, error) {\n\tif a < 0 || b < 0 {\n\t\treturn 0, errBad\n\t}\n\treturn 1, nil\n}\n', 'package p\n\nfunc f(a, b int) (int, error) {\n\tif a < 0 {\n\t\treturn 0, errBad\n\t}\n\treturn 1, nil\n}\n'),
    ('go', 'package p\n\nfunc f(xs []int) []int {\n\tvar r []int\n\tfor _, x := range xs {\n\t\tif x > 0 {\n\t\t\tr = append(r, x)\n\t\t}\n\t}\n\treturn r\n}\n', 'package p\n\nfunc f(xs []int) []int {\n\tvar r []int\n\tfor _, x := range xs {\n\t\tif x > 0 {\n\t\t\tcontinue\n\t\t}\n\t\tr = append(r, x)\n\t}\n\treturn r\n}\n'),
    ('ruby', 'def f(a)\n  a.select { |x| x > 0 }\nend\n', 'def f(a)\n  a.reject { |x| x > 0 }\nend\n'),
    ('ruby', 'def f(a)\n  a.any? { |x| x.ok }\nend\n', 'def f(a)\n  a.all? { |x| x.ok }\nend\n'),
    ('kotlin', 'fun f(a: List<Int>): Boolean {\n    return a.any { it > 0 }\n}\n', 'fun f(a: List<Int>): Boolean {\n    return a.all { it > 0 }\n}\n'),
    ('kotlin', 'fun f(a: List<Int>): List<Int> {\n    return a.filter { it > 0 }\n}\n', 'fun f(a: List<Int>): List<Int> {\n    return a.filterNot { it > 0 }\n}\n'),
    ('java', 'class A { boolean f(List<T> a) { return a.stream().anyMatch(x -> x.ok); } }\n', 'class A { boolean f(List<T> a) { return a.stream().allMatch(x -> x.ok); } }\n'),
    ('java', 'class A { boolean f(int a) { if (a > 1) { return true; } return false; } }\n', 'class A { boolean f(int a) { return a <= 1; } }\n'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after"), SAME)
def test_decisions_said_otherwise_are_the_same(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language)) == ""


@pytest.mark.parametrize(("language", "before", "after"), OTHER)
def test_other_decisions_are_seen(language: str, before: str, after: str) -> None:
    assert other_behaviour(before, after, grammar_of(language))
