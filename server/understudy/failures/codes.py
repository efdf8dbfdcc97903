"""What the codes of compilers, type checkers and linters mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.core.failures import FailureCategory as Category

if TYPE_CHECKING:
    from collections.abc import Mapping

_SYNTAX, _IMPORT, _TYPE = Category.SYNTAX_ERROR, Category.IMPORT_ERROR, Category.TYPE_ERROR
_LINT, _RUN = Category.LINT_FAILURE, Category.RUNTIME_ERROR


@dataclass(frozen=True, slots=True)
class _Family:
    """The codes of tools that share them: the category by a pattern for the whole code.

    No two patterns of a family fit the same code, so that their order does not matter.
    """

    sources: tuple[str, ...]
    patterns: Mapping[str, Category]


_FAMILIES: Mapping[str, _Family] = MappingProxyType(
    {
        "pyright": _Family(
            ("pyright", "basedpyright", "pylance"),
            {
                # A checker of ours gives it to errors that have no rule.
                r"syntax-error": _SYNTAX,
                r"reportMissing(?:Imports|ModuleSource)": _IMPORT,
                r"report(?:Unused|Unnecessary|Implicit|Private|Deprecated|Unreachable|Shadowed"
                r"|MissingSuperCall|SelfClsParameterName|MissingTypeStubs|ImportCycles)\w*": _LINT,
                r"report(?!Unused|Unnecessary|Implicit|Private|Deprecated|Unreachable|Shadowed"
                r"|MissingSuperCall|SelfClsParameterName|MissingTypeStubs|ImportCycles"
                r"|MissingImports|MissingModuleSource)\w+": _TYPE,
            },
        ),
        "ruff": _Family(
            ("ruff", "flake8", "pycodestyle", "pyflakes"),
            {
                # Ruff shows names instead of codes with `--preview`.
                r"(?:invalid-syntax|syntax-error|(?:break|continue)-outside-loop"
                r"|(?:yield|return)-outside-function|forward-annotation-syntax-error)"
                r"|E999|F7\d\d": _SYNTAX,
                r"F82[123]|undefined-(?:name|export|local)": _TYPE,
                r"E902|io-error": _RUN,
                r"(?!E9\d\d|F7\d\d|F82[123])[A-Z]{1,6}\d{1,4}": _LINT,
                r"(?!invalid-syntax$|syntax-error$|(?:break|continue)-outside-loop$"
                r"|(?:yield|return)-outside-function$|forward-annotation-syntax-error$"
                r"|undefined-(?:name|export|local)$|io-error$)[a-z][a-z0-9]*(?:-[a-z0-9]+)+"
                r"|assert|debugger|eval|glob|print": _LINT,
            },
        ),
        "python": _Family(("python",), {r"syntax-error": _SYNTAX}),
        "mypy": _Family(
            ("mypy", "dmypy"),
            {
                r"import|import-not-found|import-untyped": _IMPORT,
                r"syntax": _SYNTAX,
                r"unused-(?:ignore|coroutine|awaitable)|redundant-\w+|unreachable|deprecated": _LINT,
                r"(?!import|syntax$|unused-|redundant-|unreachable$|deprecated$)[a-z][a-z-]+": _TYPE,
            },
        ),
        "pylint": _Family(
            ("pylint",),
            {
                r"E0001|syntax-error": _SYNTAX,
                r"E0401|E0611|import-error|no-name-in-module": _IMPORT,
                r"E(?!0001|0401|0611)\d{4}|undefined-variable|no-member|not-callable": _TYPE,
                r"[CRWI]\d{4}": _LINT,
                r"F\d{4}": _RUN,
            },
        ),
        "ts": _Family(
            ("ts", "typescript", "tsc", "tsserver", "deno-ts", "vtsls", "javascript"),
            {
                r"(?:ts)?(?:2305|2306|2307|2613|2614|2691|2724|2732|2792|283[45]|7016|1192|1259|5097)": _IMPORT,
                r"(?:ts)?1(?!192|259)\d{3}": _SYNTAX,
                r"(?:ts)?(?:61(?:33|38|92|96|98)|7027|7028|638[57]|8000\d)": _LINT,
                r"(?:ts)?(?:5(?!097)\d{3}|18003|6053)": _RUN,
                r"(?:ts)?(?:2(?!305|306|307|613|614|691|724|732|792|83[45])\d{3}|4\d{3}"
                r"|7(?!016|027|028)\d{3}|18(?!003)\d{3}|8(?!000)\d{3}|17\d{3})": _TYPE,
            },
        ),
        "eslint": _Family(
            ("eslint", "biome", "deno-lint", "oxlint", "tslint", "stylelint"),
            {
                r"import/(?:no-unresolved|named|default|namespace)|n/no-missing-(?:import|require)": _IMPORT,
                r"parse": _SYNTAX,
                r"no-undef|lint/correctness/noUndeclaredVariables": _TYPE,
                r"(?!import/(?:no-unresolved|named|default|namespace)$|n/no-missing-|parse$|no-undef$"
                r"|lint/correctness/noUndeclaredVariables$)@?[\w-]+(?:/[\w-]+)*": _LINT,
            },
        ),
        "rust": _Family(
            ("rustc", "cargo", "rust-analyzer", "clippy", "rust"),
            {
                r"E0(?:432|433|463|583|460|461)|unresolved-(?:import|extern-crate|module)": _IMPORT,
                r"E(?!0(?:432|433|463|583|460|461|586|765|766|758)$)\d{4}": _TYPE,
                r"syntax-error|E0586|E0765|E0766|E0758": _SYNTAX,
                r"type-mismatch|unresolved-(?:method|field|ident|assoc-item|macro-call)"
                r"|mismatched-(?:arg|tuple-struct-pat-arg)-\w+|no-such-field|missing-fields"
                r"|missing-match-arm|moved-out-of-ref|break-outside-of-loop|private-\w+": _TYPE,
                r"clippy::\w+|(?:[a-z]+_)+[a-z]+|rustdoc::\w+|inactive-code|unlinked-file|unused-\w+": _LINT,
            },
        ),
        "go": _Family(
            ("compiler", "go", "gopls", "go list"),
            {
                r"BrokenImport|ImportNotFound|BadImportPath|ImportCRenamed": _IMPORT,
                r"(?!BrokenImport$|ImportNotFound$|BadImportPath$|ImportCRenamed$)[A-Z][a-z]\w+": _TYPE,
            },
        ),
        "go-lint": _Family(
            (
                "staticcheck",
                "golangci-lint",
                "go vet",
                "vet",
                "printf",
                "unusedresult",
                "copylocks",
            ),
            {r"[A-Z]{1,3}\d{4}|[a-z]\w+": _LINT},
        ),
        "clang": _Family(
            ("clang", "clangd", "clang++", "gcc", "g++", "ccls"),
            {
                r"pp_file_not_found\w*": _IMPORT,
                r"expected\w*|extraneous\w*|unterminated\w*|unexpected\w*|pp_unterminated\w*": _SYNTAX,
                r"-W(?!implicit-function-declaration|incompatible|int-conversion).+"
                r"|unused-includes|missing-includes|(?:bugprone|modernize|readability|performance"
                r"|misc|google|cppcoreguidelines|cert|clang-analyzer)-.+": _LINT,
                r"-W(?:implicit-function-declaration|incompatible.*|int-conversion)": _TYPE,
                r"(?:undeclared|typecheck|no_member|ovl|unknown_type|init|undefined|redefinition"
                r"|illegal|incomplete|ref|template|access|lambda|not)\w*": _TYPE,
            },
        ),
        "clang-tidy": _Family(("clang-tidy", "cppcheck", "cpplint"), {r".+": _LINT}),
        "msvc": _Family(
            ("msvc", "cl", "link"),
            {
                r"C1083|LNK\d{4}": _IMPORT,
                r"C(?:2143|2059|2061|2146|2001|1004|1075|2447|2062)": _SYNTAX,
                r"C2(?!143|059|061|146|001|447|062)\d{3}|C3\d{3}|C7\d{3}": _TYPE,
                r"C4\d{3}": _LINT,
            },
        ),
        "csharp": _Family(
            ("csharp", "dotnet", "csc", "omnisharp", "roslyn"),
            {
                r"CS(?:0246|0234|0006)": _IMPORT,
                r"CS(?:100[1-35]|101[0-9]|102[0-9]|15(?:13|14|19|25|26))": _SYNTAX,
                r"CS(?:0168|0219|0169|0414|0649|86\d\d)|(?:CA|IDE)\d{4}": _LINT,
                r"CS(?:0(?!246|234|006|168|219|169|414|649)\d{3}|7\d{3}|8(?!6)\d{3}"
                r"|1(?!00[1-35]|01\d|02\d|513|514|519|525|526)\d{3})": _TYPE,
            },
        ),
        "javac": _Family(
            ("javac",),
            {
                r"compiler\.err\.[a-z]+\.(?:exist|resolve\.import)": _IMPORT,
                r"compiler\.err\.(?:expected\d?|illegal\.start\.\w+(?:\.\w+)*|premature\.eof|not\.stmt)": _SYNTAX,
                r"compiler\.err\.(?:[a-z]+\.resolve(?!\.import)|incompatible|prob\.found|does\.not).*": _TYPE,
                r"compiler\.warn\..+": _LINT,
            },
        ),
        "checkstyle": _Family(("checkstyle", "pmd", "spotbugs", "ktlint"), {r".+": _LINT}),
        "rubocop": _Family(
            ("rubocop", "standardrb"),
            {r"Lint/Syntax": _SYNTAX, r"(?!Lint/Syntax$)[A-Z]\w+(?:/\w+)+": _LINT},
        ),
        "sorbet": _Family(
            ("sorbet",), {r"2\d{3}": _SYNTAX, r"5002": _IMPORT, r"[34567](?!002$)\d{3}|7002": _TYPE}
        ),
        "shellcheck": _Family(
            ("shellcheck", "bash-language-server", "bash-ide"),
            {r"SC1(?!09[01])\d{3}": _SYNTAX, r"SC109[01]|SC[23]\d{3}": _LINT},
        ),
    }
)

_FAMILY_OF = {source: name for name, family in _FAMILIES.items() for source in family.sources}

_UNMISTAKABLE = {
    "ts": re.compile(r"TS\d{4,5}"),
    "shellcheck": re.compile(r"SC\d{4}"),
    "pyright": re.compile(r"report[A-Z]\w+"),
    "rust": re.compile(r"E0\d{3}"),
}
"""Codes that tell their tool, for a source that is not known."""

_JDT = frozenset({"java", "jdt", "jdtls", "eclipse"})
_JDT_UNUSED_IMPORT = 268435844
_JDT_BITS = ((0x40000000, _SYNTAX), (0x10000000, _IMPORT), (0x0F000000, _TYPE))
"""Eclipse's compiler says in the high bits of a problem's id what it is about."""

_PYRIGHT_RULE = re.compile(r"\((?P<code>report[A-Z]\w{2,60})\)\s*\Z")
_PYRIGHT_HINT = re.compile(r"is not accessed|is deprecated|unreachable|is unused", re.IGNORECASE)


def coded_category(source: str, code: str, message: str = "") -> Category | None:
    """What a diagnostic's code means; None for a source or a code that is not known.

    Pyright and its relatives give every rule a code and their syntax errors none. Where a code is
    lost on the way, it may still stand behind the message.
    """
    plain = source.casefold().strip()
    if plain in _JDT and code.isascii() and code.isdigit():
        return _of_jdt(int(code[:12]))
    family = _FAMILY_OF.get(plain) or _told_by(code)
    if family == "pyright" and not code:
        return _codeless_pyright(message)
    if plain == "syntax":
        return _SYNTAX
    return None if family is None or not code else of_family(family, code)


def of_family(family: str, code: str) -> Category | None:
    """What a code of a family of tools means."""
    for pattern, category in sorted(_FAMILIES[family].patterns.items()):
        if re.fullmatch(pattern, code, re.IGNORECASE if family == "ts" else 0):
            return category
    return None


def _codeless_pyright(message: str) -> Category | None:
    if "\n" in message or " - error: " in message or not message:
        # That is output of the command line, not the message of one diagnostic.
        return None
    if (rule := _PYRIGHT_RULE.search(message)) is not None:
        return of_family("pyright", rule["code"])
    return _LINT if _PYRIGHT_HINT.search(message) else _SYNTAX


def _told_by(code: str) -> str | None:
    return next((name for name, shape in _UNMISTAKABLE.items() if shape.fullmatch(code)), None)


def _of_jdt(problem: int) -> Category:
    if problem == _JDT_UNUSED_IMPORT:
        return _LINT
    return next((category for bits, category in _JDT_BITS if problem & bits), _LINT)
