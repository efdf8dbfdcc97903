"""The usual names of what code does beside its values, by what they stand for."""

from __future__ import annotations

import re

COLLECTS = re.compile(
    r"append|appendleft|extend|insert|push|push_back|push_str|pushString|emplace_back|put|add|set|update|setdefault"
    r"|array_push|Slice\w*|Sort\w*|Stable|pop|remove|discard|delete|clear|sort|reverse|<<|Add|AddRange|Append|WriteString|write_str|setattr"
)
"""What changes a collection, which is said in many ways."""
PRINTS = re.compile(
    r"print\w*|puts|p|pp|eprint\w*|echo|cat|Print\w*|Fprint\w*|Write(?:Line)?|write\w*|cout|<<|NSLog"
)
TELLS = re.compile(
    r"debug|info|warn(?:ing)?|error|exception|critical|fatal|trace|log", re.IGNORECASE
)
FILES = re.compile(
    r"remove|unlink|rmdir|rmtree|make_?dirs?|mkdir\w*|symlink\w*|rename|replace|move|chmod|copy\w*|touch|utime"
)
"""What happens to files, by the names of functions and of methods."""
CLOSES = re.compile(r"close|Close|closeQuietly|Dispose|dispose|free|destroy|fclose")
LOCKS = re.compile(
    r"(?:r|w|R|try_?)?(?:un)?lock\w*|(?:R|RU|U)?[Ll]ock|acquire|release|enter|exit|wait|signal"
)
HOLDERS = re.compile(r"with\w*|use|synchronize\w*|let|sync|perform\w*|scoped\w*")
ROUNDS = re.compile(
    r"for_?[eE]ach|ForEach|each(?:_\w+)?|map|filter|then|catch|finally|apply|also|let|run|tap|times|upto"
    r"|setTimeout|ipairs|pairs"
)
"""What only runs functions, which are looked at by themselves."""
VALUES = re.compile(
    r"len|str|int|float|bool|list|tuple|dict|sorted|repr|isinstance|toString|valueOf|String|Number"
)
"""What does nothing but give a value."""
OPENS = re.compile(r"open|Open\w*|fopen|File|opened|new\w*(?:Reader|Writer|Stream)")
READS = re.compile(
    r"(?:read|write|load|dump)\w*|(?:Read|Write)\w*|file_(?:get|put)_contents|slurp|text|lines"
)
ENDLESS = re.compile(
    r"(?:contextlib\.)?(?:suppress|nullcontext|ExitStack|AsyncExitStack|closing)\b"
)
"""What only shapes how something is held."""
WRITES = re.compile(r"write\w*|dump\w*|Write\w*")
FILLS = re.compile(
    rf"{COLLECTS.pattern}|{WRITES.pattern}|set\w*|(?:str|mem)n?cpy|<<|[Ff]lush|[Cc]lose"
)
"""What only makes an object what it is to be, where it is new."""
ASSIGNS = re.compile(r"setattr|assign")
"""What stores whatever it is given by its name."""
GROUPS = re.compile(r"Add|Done")
