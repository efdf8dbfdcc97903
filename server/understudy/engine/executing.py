"""What an edit has run that nothing in the text ran before: programs, and texts as code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from understudy.context.code_alone import code_alone
from understudy.core.lines import split_lines
from understudy.engine.hunks import hunks_of, with_place
from understudy.engine.traits import tools_own
from understudy.index.extraction import facts_of
from understudy.languages import grammar_of
from understudy.tasks.edit import TASK as EDIT
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from understudy.engine.evidence import Facts
    from understudy.engine.hunks import Hunk

_SCRIPT = re.compile(
    r"(?<![.\w$])(?:eval|Function|execSync|execFileSync|spawnSync|importScripts)\(|\bnew\s+Function\("
    r"|\bchild_process\b|\bBun\.(?:spawn|\$)|\bDeno\.(?:run|Command)\b|\bvm\.run\w*\("
    r"|\bset(?:Timeout|Interval)\(\s*[\"'`]"
)
_JAVA = re.compile(r"\.exec\(|\bProcessBuilder\(|\bScriptEngine\b|\bdefineClass\(")
_C = re.compile(
    r"(?<![.\w])(?:system|popen|_popen|exec[lv]p?e?|posix_spawnp?|ShellExecute\w*|WinExec|CreateProcess\w*)\("
)
_RUNS = {
    "python": re.compile(
        r"\bos\.(?:system|popen|exec\w+|spawn\w+|posix_spawnp?|startfile)\(|\bsubprocess\.\w+\(|\bpty\.spawn\("
        r"|(?<![.\w])(?:eval|exec|compile|__import__|execfile)\(|\bcreate_subprocess_\w+\(|\brunpy\.\w+\("
        r"|(?<![.\w])(?:Popen|check_output|check_call)\(|\b(?:pickle|marshal|dill)\.loads?\("
        r"|\bgetattr\(\s*(?:os|builtins|__builtins__)\b"
    ),
    "typescript": _SCRIPT,
    "typescriptreact": _SCRIPT,
    "javascript": _SCRIPT,
    "javascriptreact": _SCRIPT,
    "go": re.compile(
        r"\bexec\.Command\w*\(|\bsyscall\.(?:Exec|ForkExec)\(|\bos\.StartProcess\(|\bplugin\.Open\("
    ),
    "rust": re.compile(r"\bCommand::new\(|\blibc::(?:system|exec\w+)\("),
    "java": _JAVA,
    "kotlin": _JAVA,
    "csharp": re.compile(
        r"\bProcess\.Start\(|\bProcessStartInfo\b|\bCSharpScript\.|\bAssembly\.Load\w*\("
    ),
    "c": _C,
    "cpp": _C,
    "swift": re.compile(r"(?<![.\w])Process\(\)|\bNSTask\b|(?<![.\w])system\("),
    "ruby": re.compile(
        r"(?<![.\w])(?:system|exec|spawn|eval|instance_eval|class_eval|binding\.eval)\b\s*[(\"'%]|\bKernel\.\w+|\bOpen3\.\w+"
        r"|%x[({\[]|\bIO\.popen\b|`[^`\n]+`"
    ),
    "php": re.compile(
        r"(?<![>:\w$])(?:eval|exec|system|shell_exec|passthru|popen|proc_open|pcntl_exec|create_function)\s*\(|`[^`\n]+`"
    ),
    "lua": re.compile(r"\bos\.execute\(|\bio\.popen\(|(?<![.\w:])(?:load|loadstring|dofile)\("),
    "shellscript": re.compile(r"(?:^|[;&|(]\s*|\s)eval\s"),
}
"""By languages: what runs a program or a text as code, by its usual names."""
_FETCHED = re.compile(
    r"\b(?:curl|wget|fetch)\b[^\n|]{0,400}\|\s*(?:sudo\s+)?(?:/\w+)*/?(?:ba|z|da|k|c|fi)?sh\b"
    r"|\b(?:ba|z|da)?sh\b\s+(?:-c\s+)?[\"']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b"
    r"|\|\s*(?:sudo\s+)?(?:python3?|perl|ruby|node)\s+-|\biex\b\s*\(|Invoke-Expression",
)
"""In a text as well: a program that is fetched and run unseen."""
_REMARK = re.compile(r"(?:^|\s)(?:#(?![!\[])|//|--\s).*")
_TEXT_IS_RUN = frozenset({"shellscript"})
_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"\w{4,}")
_LAST = re.compile(r"[/:.]+")
_USED = re.compile(r"(?<![.\w$>:])[^\W\d]\w*(?=\(|\.\w|::\w)")
"""A name of which something is called or taken."""
_RENAMED = re.compile(
    r"\bfrom\s+(?:os|subprocess|pty|runpy|pickle|marshal|dill)\s+import\b"
    r"|\b(?:os|subprocess|pty|runpy|pickle|marshal|dill|Command|libc)\s+as\b"
    r"|\w\s+\"(?:os/exec|os|syscall|plugin)\""
)
"""What runs something may have another name in a text with these."""
_AROUND = ";&|( \t\r\n"
_LONGEST = 1_000
_SHOWN = 60


def executes(facts: Facts) -> str:
    """That an edit has a program or a text run as code where nothing did so, as a clause.

    Empty for nothing, where the text has the same already, where it takes the place of another such
    call or a diagnostic speaks of it, and for wishes and tests, which may be about just that.
    """
    if facts.rule or facts.who[1] in {EDIT.id, TESTS.id} or tools_own(facts):
        return ""
    message = "" if facts.target is None else f"{facts.target.code} {facts.target.message}"
    named = frozenset(_WORD.findall(message))
    found = next((one for one in _found(facts) if named.isdisjoint(_LONG_WORD.findall(one))), "")
    told = " ".join(found.split())[:_SHOWN]
    return f"The edit runs `{told}`, which nothing here did" if told else ""


def _found(facts: Facts) -> Iterator[str]:
    """What is run anew, as its pattern found it."""
    view, hunks = facts.before, list(with_place(hunks_of(facts.before.index, facts.edits)))
    texts = [_without_remarks(text) for text in (view.text, facts.after)]
    yield from _anew(_FETCHED, hunks, *texts)
    runs = _RUNS.get(view.language)
    if runs is not None and (
        _RENAMED.search(facts.after) or any(_anew(runs, hunks, "", facts.after))
    ):
        yield from _anew(
            runs, hunks, *(_code(text, view.language) for text in (view.text, facts.after))
        )


def _anew(
    pattern: re.Pattern[str], hunks: Iterable[tuple[int, Hunk]], before: str, after: str
) -> Iterator[str]:
    """What new lines have of a pattern that no other line had, in hunks without such before."""
    was, now = split_lines(before), split_lines(after)
    for first, hunk in hunks:
        old = was[hunk.first : hunk.first + len(hunk.old)]
        new = now[first : first + len(hunk.new)]
        found = list(_all(pattern, new))
        if found and not any(_all(pattern, old)):
            known = frozenset(_all(pattern, was))
            yield from (one for one in found if one not in known)


def _all(pattern: re.Pattern[str], lines: Iterable[str]) -> Iterator[str]:
    short = (line for line in lines if len(line) <= _LONGEST)
    return (one[0].strip(_AROUND) for line in short for one in pattern.finditer(line))


@lru_cache(maxsize=4)
def _code(text: str, language: str) -> str:
    """The code of a text, with what it imports by the names of the modules."""
    alone = None if language in _TEXT_IS_RUN else code_alone(text, grammar_of(language))
    if alone is None:
        return _without_remarks(text)
    meant: dict[str, str] = {}
    for one in facts_of("", language, text, keep=True).imports:
        module = _LAST.split(one.module)[-1]
        known = [(f"{module}.{name}", here) for name, here in one.names]
        meant.update((here, name) for name, here in (*known, (module, one.alias)) if here)
    return _USED.sub(lambda used: meant.get(used[0], used[0]), alone) if meant else alone


def _without_remarks(text: str) -> str:
    return "".join(_REMARK.sub("", line) for line in split_lines(text))
