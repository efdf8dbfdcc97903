"""The words behind fences, for files of any language."""

from __future__ import annotations

import pytest

from understudy.reading.languages import fits, language_of_word

OWN = ["fish", "hcl", "racket", "commonlisp", "emacs-lisp", "systemverilog", "gleam", "sh", "zsh"]


@pytest.mark.parametrize("language", OWN)
def test_the_word_of_a_language_fits_it(language: str) -> None:
    assert fits(language, language)
    assert fits(language.upper(), language)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        *[("bash", "fish"), ("terraform", "hcl"), ("hcl", "terraform"), ("scheme", "racket")],
        *[("rkt", "racket"), ("elisp", "emacs-lisp"), ("el", "emacs-lisp"), ("lisp", "commonlisp")],
        *[("sv", "systemverilog"), ("verilog", "systemverilog"), ("tex", "tex"), ("latex", "tex")],
    ],
)
def test_words_for_much_the_same_fit(word: str, language: str) -> None:
    assert fits(word, language)


@pytest.mark.parametrize(("word", "language"), [("fish", "python"), ("hcl", "go"), ("sv", "lisp")])
def test_words_for_others_do_not(word: str, language: str) -> None:
    assert not fits(word, language)


def test_every_language_has_its_own_id() -> None:
    assert [language_of_word(one) for one in OWN[:6]] == OWN[:6]
