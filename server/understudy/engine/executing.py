"""What an edit has run that nothing in the text ran before: programs, and texts as code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from understudy.engine.hunks import hunks_of
from understudy.engine.traits import tools_own
from understudy.tasks.edit import TASK as EDIT
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from understudy.engine.evidence import Facts

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
_LONGEST = 1_000
_SHOWN = 60


def executes(facts: Facts) -> str:
    """That an edit has a program or a text run as code where nothing did so, as a clause.

    Empty for nothing, where the text has the same already, where it takes the place of another such
    call or a diagnostic speaks of it, and for wishes and tests, which may be about just that.
    """
    if facts.rule or facts.who[1] in {EDIT.id, TESTS.id} or tools_own(facts):
        return ""
    runs = _RUNS.get(facts.before.language)
    before = facts.before.text
    message = "" if facts.target is None else f"{facts.target.code} {facts.target.message}"
    for hunk in hunks_of(facts.before.index, facts.edits):
        new = [_REMARK.sub("", line) for line in hunk.new if len(line) <= _LONGEST]
        for pattern in filter(None, (_FETCHED, runs)):
            found = next(filter(None, map(pattern.search, new)), None)
            if found is None or found[0] in before or any(map(pattern.search, hunk.old)):
                continue
            if any(word in message for word in re.findall(r"\w{4,}", found[0])):
                continue
            told = " ".join(found[0].split()).rstrip("(")[:_SHOWN]
            return f"The edit runs `{told}`, which nothing here did"
    return ""
