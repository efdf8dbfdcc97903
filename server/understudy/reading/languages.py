"""The words that stand behind fences, as the language ids of the Language Server Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.core.markup import MARKDOWN_LIKE

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE = frozenset(
    {"c", "cpp", "csharp", "cuda-cpp", "dart", "go", "java", "javascript", "javascriptreact"}
    | {"kotlin", "lua", "objective-c", "objective-cpp", "php", "python", "ruby", "rust", "scala"}
    | {"swift", "typescript", "typescriptreact"}
)
"""Languages whose definitions begin with a line that `heading_of` knows."""
_WORDS = {
    "abap": "",
    "asciidoc": "adoc asciidoctor",
    "bat": "batch cmd dos winbatch",
    "bibtex": "bib",
    "c": "h",
    "clojure": "clj cljs cljc",
    "cmake": "",
    "coffeescript": "coffee",
    "commonlisp": "common-lisp",
    "cpp": "c++ cc cxx hpp hh hxx h++ cplusplus",
    "csharp": "c# cs dotnet c-sharp",
    "css": "",
    "cuda-cpp": "cuda cu",
    "dart": "",
    "diff": "patch udiff",
    "dockerfile": "docker containerfile",
    "elixir": "ex exs",
    "elm": "",
    "emacs-lisp": "elisp el",
    "erlang": "erl",
    "fish": "",
    "fortran": "f90 f95 f03 fortran-modern",
    "fsharp": "f# fs f-sharp",
    "git-commit": "gitcommit",
    "go": "golang",
    "graphql": "gql",
    "groovy": "gradle",
    "haml": "",
    "handlebars": "hbs",
    "haskell": "hs",
    "hcl": "",
    "html": "htm xhtml html5",
    "ini": "cfg conf",
    "java": "",
    "javascript": "js mjs cjs node ecmascript",
    "javascriptreact": "jsx",
    "json": "json5 webmanifest",
    "jsonc": "",
    "julia": "jl",
    "kotlin": "kt kts",
    "latex": "tex",
    "less": "",
    "lisp": "cl",
    "lua": "luau",
    "makefile": "make mk gnumakefile",
    "markdown": "md mdown mkd gfm commonmark",
    "matlab": "",
    "mdx": "",
    "nim": "",
    "nix": "",
    "objective-c": "objc objectivec obj-c",
    "objective-cpp": "objcpp objective-c++ objc++ objectivecpp",
    "ocaml": "ml mli",
    "org": "orgmode org-mode",
    "pascal": "delphi objectpascal",
    "perl": "pl pm",
    "php": "php3 phtml",
    "plaintext": "text txt plain none",
    "powershell": "ps1 pwsh posh ps",
    "prisma": "",
    "proto": "protobuf proto3",
    "pug": "jade",
    "python": "py py3 python3 python2 pyi pyw cpython ipython gyp pycon",
    "quarto": "qmd",
    "r": "rlang rscript",
    "racket": "rkt",
    "razor": "cshtml",
    "restructuredtext": "rst rest",
    "rmd": "rmarkdown",
    "ruby": "rb rake",
    "rust": "rs",
    "sass": "",
    "scala": "sc",
    "scheme": "scm",
    "scss": "",
    "shellscript": "sh bash shell zsh ksh shell-session shellsession console terminal sh-session",
    "solidity": "sol",
    "sql": "mysql postgres postgresql psql sqlite plsql tsql t-sql",
    "svelte": "",
    "swift": "",
    "systemverilog": "sv svh",
    "terraform": "tf",
    "toml": "",
    "typescript": "ts mts cts",
    "typescriptreact": "tsx",
    "typst": "typ",
    "vb": "vbnet visualbasic vb.net visual-basic",
    "verilog": "",
    "vhdl": "",
    "viml": "vim vimscript",
    "vue": "",
    "xml": "svg xsd plist",
    "xsl": "xslt",
    "yaml": "yml",
    "zig": "",
}
_BY_WORD = {
    word: language for language, words in _WORDS.items() for word in (language, *words.split())
}

_FAMILIES = (
    frozenset({"javascript", "javascriptreact", "typescript", "typescriptreact"}),
    frozenset({"c", "cpp", "objective-c", "objective-cpp", "cuda-cpp"}),
    frozenset({"json", "jsonc"}),
    frozenset({"css", "scss", "less", "sass"}),
    frozenset({"lisp", "commonlisp", "emacs-lisp"}),
    frozenset({"scheme", "racket"}),
    frozenset({"shellscript", "fish"}),
    frozenset({"terraform", "hcl"}),
    frozenset({"verilog", "systemverilog"}),
    MARKDOWN_LIKE,
    frozenset({"html", "vue", "svelte", "handlebars", "razor", "php", "xml"}),
)
"""Languages whose fence words are used for each other."""

_NOT_FILES = frozenset(
    {"shellscript", "fish", "bat", "powershell", "diff", "plaintext", "git-commit"}
)


def language_of_word(word: str) -> str:
    """The language id for a fence's word: `py` gives `python`; an unknown word is its own id."""
    word = word.lower()
    return _BY_WORD.get(word, word)


def is_language(word: str) -> bool:
    """Whether a fence's word names a language, and not something that is drawn or run."""
    return word.lower() in _BY_WORD


def fits(word: str, language: str) -> bool:
    """Whether a block under this word may hold text of a language. No word fits everything.

    Args:
        word: what stands behind a fence, or the ending of a file.
        language: an LSP language id, or any other word that an editor has for it.
    """
    named, language = language_of_word(word), language_of_word(language)
    if named in {"", "plaintext", language}:
        return True
    return any(named in family and language in family for family in _FAMILIES)


def fits_path(word: str, path: str) -> bool:
    """Whether a block under a word may hold the text of a file, as far as its name tells."""
    name = path.replace("\\", "/").rpartition("/")[-1].lstrip(".")
    stem, _, ending = name.rpartition(".")
    if not is_language(ending):
        return not stem or language_of_word(word) not in CODE
    return not word or fits(word, language_of_word(ending))


def names_language(lines: Sequence[str], language: str, old: Sequence[str]) -> bool:
    """Whether the first of several lines only names their language, as copied from above a block.

    Args:
        lines: without their ends.
        language: an LSP language id.
        old: the lines that these replace; what stands among them is code.
    """
    word = lines[0].strip() if len(lines) > 1 else ""
    if language in _NOT_FILES or word.lower() not in _BY_WORD or word in map(str.strip, old):
        return False
    return language_of_word(word) == language


def never_a_file(word: str) -> bool:
    """Whether blocks under this word are commands, output or patches, unless those were asked for."""
    return language_of_word(word) in _NOT_FILES


def fence_word(language: str) -> str:
    """What to write behind a fence for a language; empty where it is no plain word."""
    return language if language.replace("-", "").isalnum() and language.isascii() else ""
