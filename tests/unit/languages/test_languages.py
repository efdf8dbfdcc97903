from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from understudy.context.grammar import Grammar, loaded
from understudy.languages import Language, all_languages, grammar_of, language_of
from understudy.reading.languages import fits

EVERY = sorted(all_languages().values(), key=lambda language: language.id)
WITH_GRAMMAR = [language for language in EVERY if language.grammar is not None]


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("a.py", "python"),
        ("A.PY", "python"),
        ("a.go", "go"),
        ("a.test.tsx", "typescriptreact"),
        ("a.d.ts", "typescript"),
        ("a.h", "c"),
        ("a.hpp", "cpp"),
        ("Dockerfile", "dockerfile"),
        ("Makefile", "makefile"),
        ("Gemfile", "ruby"),
        ("Cargo.lock", "toml"),
        (".bashrc", "shellscript"),
        ("README.md", "markdown"),
        ("a.unknown", None),
        ("LICENSE", None),
        ("", None),
    ],
)
def test_a_files_name_tells_its_language(name: str, language: str | None) -> None:
    assert language_of(PurePosixPath("/p") / name if name else PurePosixPath("/")) == language


def test_only_the_last_part_of_a_path_counts() -> None:
    assert language_of(PureWindowsPath(r"C:\Dockerfile\a.rs")) == "rust"


def test_no_two_languages_claim_one_file() -> None:
    claims = [claim for each in EVERY for claim in (*each.suffixes, *each.file_names)]
    assert len(claims) == len(set(claims))


@pytest.mark.parametrize("language", EVERY, ids=lambda each: each.id)
def test_a_language_says_what_is_needed_to_write_about_it(language: Language) -> None:
    assert language.name
    assert fits(language.fence, language.id)
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in language.suffixes)
    assert all("{stem}" in pattern for pattern in language.tests)


@pytest.mark.parametrize("language", WITH_GRAMMAR, ids=lambda each: each.id)
def test_a_grammar_knows_every_kind_of_node_that_its_language_names(language: Language) -> None:
    assert language.grammar is not None
    known = named_kinds(language.grammar)
    if language.id.startswith("javascript"):
        typescript = all_languages()["typescript"].grammar
        assert typescript is not None
        known |= named_kinds(typescript)
    assert language.grammar.symbols | language.grammar.blocks <= known


def named_kinds(grammar: Grammar) -> set[str]:
    tree_sitter = loaded(grammar)
    every = range(tree_sitter.node_kind_count)
    return {
        kind
        for number in every
        if tree_sitter.node_kind_is_named(number)
        and (kind := tree_sitter.node_kind_for_id(number)) is not None
    }


def test_every_programming_language_has_a_grammar_but_those_told_here() -> None:
    without = {language.id for language in EVERY if language.grammar is None}
    assert without == {"yaml", "markdown", "sql", "dockerfile", "makefile"}


def test_an_unknown_language_has_no_grammar() -> None:
    assert grammar_of("klingon") is None
