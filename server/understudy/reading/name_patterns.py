"""How lines that define something begin, for languages that nothing here has an outline of.

The groups of a pattern are the name. Patterns are matched at a line without its indentation, and read
in linear time.
"""

from __future__ import annotations

import re

_MODIFIERS = (
    r"(?:(?:public|private|protected|internal|friend|shared|static|final|abstract|sealed|partial|override|async"
    r"|overrides|overridable|mustinherit|mustoverride|notinheritable|readonly|default|shadows|overloads|implicit"
    r"|inline|lazy|case|open|opaque|transparent|export|pub|extern|virtual|local)(?:[\[(]\w+[\])])?\s+)*"
)
USUAL = re.compile(
    _MODIFIERS
    + r"(?:def\w*|fn|fun|func|function|sub|proc|procedure|method|macro|class|struct|record|enum|union|trait"
    r"|interface|protocol|extension|mixin|object|module|namespace|package|type|typealias|typedef|message|service"
    r"|model|rule|task|template|component|entity|contract|const|test)\s+[\"']?(?P<name>[A-Za-z_$][\w$.:!?'-]*)"
)
"""The same for languages without a line of their own."""
USUAL_HOLDERS = re.compile(
    r"\b(?:class|struct|record|enum|union|trait|interface|protocol|extension|mixin|object|module|namespace"
    r"|package|impl|implementation|contract|library|service)\b"
)
_MARKUP = r"<([a-zA-Z][\w:.-]*)\s[^<>]*?\b(?:id|name|key|match)\s*=\s*[\"']([^\"'<>]+)"
_LISP = r"\((?:[\w-]+/)?(?:def\S*|setq)\s+(?:\^\S+\s+)*\(*([^\s()\[\]{}]+)"
_RULES = r"(?!/\*|\*|//|\})([^{};]+?)\s*(?:\{|,$)"
_KEYS = r"(?:export\s+)?([^\s=:#;!\[\]{}\"']+)\s*[=:]"

LISTS = frozenset({"css", "less", "scss"})
"""Languages with several names in front of one body."""
SECTIONS = frozenset({"ini", "toml"})
"""Languages whose sections hold the keys below them."""
BY_KEYS = frozenset({"json", "jsonc", "yaml"})
"""Languages that are keys and values all the way down."""

PATTERNS = {
    language: re.compile(pattern)
    for language, pattern in {
        "abap": r"(?i)(?:class|method|form|function|report)\s+([\w~/-]+)",
        "bat": r":(?!:)\s*([\w.-]+)",
        "bibtex": r"@\w+\s*[{(]\s*([^,\s{}()]+)",
        "clojure": _LISP,
        "cmake": r"(?i)(function|macro|add_\w+|option|set|project)\s*\(\s*([^\s()]+)",
        "coffeescript": r"class\s+([\w.]+)|@?([\w.]+)\s*[:=]\s*(?:\([^()]*\)\s*)?[-=]>",
        "commonlisp": _LISP,
        "css": _RULES,
        "dockerfile": r"(?i)FROM\s+\S[^#]*?\s+AS\s+(\S+)",
        "dotenv": _KEYS,
        "elixir": r"def(?:p|macro|macrop|module|protocol|impl|delegate|guard|guardp)?\s+([\w.!?]+)"
        r"|(?:test|describe)\s+(\"[^\"]*\")",
        "elm": r"(?:type\s+alias|type|port)\s+(\w+)|(?!module\b|import\b|exposing\b)([a-z]\w*)\s(?=[^=]*=|\s*:)",
        "emacs-lisp": _LISP,
        "erlang": r"-(?:record|define|type)\(\s*(\w+)|([a-z]\w*)\(",
        "fortran": r"(?i)(?!end)(?:[\w*]+(?:\([^()]*\))?\s+){0,3}?(?:subroutine|function|module|program"
        r"|interface|type)\s+(?!procedure)(\w+)",
        "fsharp": r"(?:let|and|type|module|exception|(?:static\s+|abstract\s+)?member|abstract|override|default)\b"
        r"(?:\s+(?:rec|inline|private|internal|public|mutable))*\s+(?:\w+\.)*([\w'`]+)",
        "graphql": r"(?:extend\s+)?(?:type|input|enum|interface|union|scalar|query|mutation|subscription"
        r"|fragment|directive)\s+(@?\w+)|(schema)\b",
        "groovy": r"(?!(?:if|for|while|switch|try|catch|else|return|finally)\b)(?:[\w<>\[\],.@]+\s+){0,5}?"
        r"([\w.]+)\s*(?:\([^()]*\)\s*)?\{|(?:def|task)\s+(\w+)",
        "haskell": r"(?:data|newtype|type|class|instance)\s+([^=]+?)(?=\s+where\b|\s*=|$)"
        r"|(?!module\b|import\b|where\b|deriving\b)([a-z_][\w']*)\s(?=\s*::|[^=]*=)",
        "html": _MARKUP,
        "ini": r"\[([^\]]+)\]|([^\s=:#;\[][^=:#;\[]*?)\s*[=:]",
        "json": r"\"([^\"]+)\"\s*:",
        "jsonc": r"\"([^\"]+)\"\s*:",
        "julia": r"(?:function|macro|(?:mutable\s+)?struct|abstract\s+type|module|const)\s+([\w.!:]+)"
        r"|(?!if\b|while\b|for\b)([\w.!]+)\([^=]*\)\s*(?:where\b[^=]*)?=(?!=)",
        "just": r"@?([\w-]+)(?:\s[^:=]*)?:",
        "latex": r"\\(?:re)?new(?:command|environment)\*?\s*\{?(\\?\w+)|\\def\s*(\\\w+)|.*?(\\label\{[^{}]+\})",
        "less": _RULES,
        "lisp": _LISP,
        "makefile": r"(?:(?:define|export|override)\s+)*([\w./%$(){}@-]+(?: +[\w./%$(){}@-]+)*)\s*(?:[:?+!]{0,3}=|:)",
        "matlab": r"(?:function|classdef)\s+(?:[^=(]*=\s*)?([\w.]+)",
        "nim": r"(?:proc|func|method|template|macro|iterator|converter)\s+`?([\w=]+)"
        r"|(\w+)\*?\s*=\s*(?:object|ref|enum|tuple|distinct|concept)\b",
        "nix": r"((?:[\w'-]+|\"[^\"]*\")(?:\.(?:[\w'-]+|\"[^\"]*\"))*)\s*=(?!=)",
        "objective-c": r"[-+]\s*\([^()]*\)\s*([\w:]+)|@(?:interface|implementation|protocol)\s+(\w+)"
        r"|(?!if\b|for\b|while\b|switch\b|else\b)(?:[\w*]+\s+)+\*?(\w+)\s*\([^;]*\)\s*\{?$",
        "ocaml": r"(?:let|and|type|module|val|exception|class|external|method)\b"
        r"(?:\s+(?:rec|nonrec|type|virtual|private))*\s+(?:'\w+\s+)?([\w']+)",
        "pascal": r"(?i)(?:class\s+)?(?:procedure|function|constructor|destructor|operator|program|unit)\s+([\w.]+)"
        r"|(\w+)\s*=\s*(?:packed\s+)?(?:class|record|interface)\b",
        "perl": r"(?:sub|package)\s+([\w:']+)",
        "powershell": r"(?i)(?:function|filter|class|enum|workflow|configuration)\s+(?:\w+:)?([\w-]+)",
        "properties": _KEYS,
        "proto": r"(?:message|enum|service|rpc|extend|oneof)\s+([\w.]+)",
        "r": r"([\w.`]+)\s*(?:<<?-|=(?!=))|set(?:Method|Class|Generic|Validity)\(\s*[\"']([^\"']+)",
        "scala": _MODIFIERS
        + r"(?:def|val|var|class|object|trait|type|enum|given)\s+([\w$]+|[^\s\w(\[:=]+)",
        "racket": _LISP,
        "scheme": _LISP,
        "scss": _RULES,
        "solidity": r"(?:abstract\s+)?(?:contract|library|interface|function|modifier|event|struct|enum|error)"
        r"\s+(\w+)|(constructor|receive|fallback)\s*\(",
        "sql": r"(?i)create\s+(?:or\s+\w+\s+)?(?:\w+\s+){0,3}?(?:table|view|function|procedure|trigger|index|type"
        r"|schema|sequence|database|role|user|policy|domain|extension)\s+(?:if\s+not\s+exists\s+)?([\w.\"`\[\]]+)"
        r"|(insert\s+into|alter\s+table|comment\s+on\s+\w+)\s+([\w.\"`\[\]]+)",
        "terraform": r"(?:resource|data)\s+\"([^\"]+)\"\s+\"([^\"]+)\"|(\w+)\s+\"([^\"]+)\"\s*\{|(\w+)\s*(?:=(?![=>])|\{)",
        "toml": r"\[{1,2}([^\[\]]+)\]|([\w.\"'-]+)\s*=",
        "vb": r"(?i)"
        + _MODIFIERS
        + r"(?:delegate\s+)?(?:sub|function|class|module|property|structure|enum"
        r"|interface|namespace|event|operator)\s+([\w.]+)",
        "verilog": r"(?:module|function|task|interface|class|package|program)\s+(?:[\w\[\]:]+\s+){0,3}?(\w+)"
        r"\s*(?=[(;#]|$)",
        "vhdl": r"(?i)(?:entity|architecture|package\s+body|package|component|function|procedure|configuration)"
        r"\s+(\w+)|(\w+)\s*:\s*process\b",
        "viml": r"(?:function|func|fu)!?\s+([\w:.#<>]+)|command!?\s+(?:-\S+\s+)*(\w+)"
        r"|[nvixoc]?(?:map|noremap)\s+(?:<\w+>\s+)*(\S+)",
        "xml": _MARKUP,
        "xsl": _MARKUP,
        "yaml": r"(?:-\s+)?([^\s#'\"{}\[\]&*!|>%@-][^:#]*|'[^']+'|\"[^\"]+\")\s*:(?=\s|$)",
        "zig": r"(?:pub\s+)?(?:(?:export|inline|extern(?:\s+\"\w+\")?)\s+)*(?:fn|const|var)\s+(\w+)"
        r"|(test\s+\"[^\"]*\")",
    }.items()
}
"""What is defined, by LSP language ids."""

HOLDERS = {
    language: re.compile(pattern)
    for language, pattern in {
        "abap": r"(?i)\bclass\b",
        "css": r"^@(?:media|supports|layer|container)\b",
        "elixir": r"^(?:defmodule|defprotocol|defimpl|describe)\b",
        "fortran": r"(?i)^(?:module|program|interface)\b",
        "fsharp": r"^(?:type|module|namespace)\b",
        "groovy": r"\b(?:class|interface|enum|trait)\b",
        "haskell": r"^(?:class|instance)\b",
        "html": r"^<",
        "less": r"^@media\b",
        "matlab": r"^classdef\b",
        "nix": r"[{(]$|\bin$",
        "objective-c": r"^@",
        "ocaml": r"\b(?:struct|sig|object)$",
        "powershell": r"(?i)^class\b",
        "proto": r"^(?:message|service)\b",
        "scala": r"\b(?:object|class|trait|enum)\b",
        "scss": r"^@(?:media|include|supports)\b",
        "terraform": r"^locals\b",
        "vb": r"(?i)\b(?:class|module|structure|interface|namespace)\b",
        "vhdl": r"(?i)^(?:architecture|package)\b",
        "xml": r"^<",
        "xsl": r"^<",
        "zig": r"=\s*(?:packed\s+|extern\s+)?(?:struct|union|enum|opaque)\b",
    }.items()
}
"""Definitions of which those within them count on their own."""
