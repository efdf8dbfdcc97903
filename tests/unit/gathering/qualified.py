"""Workspaces in which a type lies in a module of its own, and another one has the same name."""

from __future__ import annotations

KIND_RS = "pub struct Kind { pub x: u8 }\n\nimpl Kind {\n    pub fn go(&self) {}\n}\n"
KIND_GO = "package low\n\ntype Kind struct{ A int }\n\nfunc (k Kind) Go() {}\n"
KIND_PY = "class Kind:\n    a: int\n\n    def go(self): ...\n\n    class Part:\n        b: int\n"
KIND_TS = "export class Kind {\n  a = 1\n  go() {}\n}\n\nexport enum Hue { Red }\n"
KIND_JAVA = (
    "package p.q;\n\npublic class Kind {\n  public int a;\n  public void go() {}\n\n"
    "  public static class Part {\n    public int b;\n  }\n}\n"
)
KIND_CPP = "namespace shop {\nnamespace low {\nstruct Kind {\n  int a;\n  void go();\n};\n}\n}\n"

RUST = {
    "Cargo.toml": '[package]\nname = "shop"\n',
    "src/lib.rs": "pub mod a;\npub mod b;\npub mod w;\npub mod deep;\n",
    "src/a.rs": KIND_RS,
    "src/deep/mod.rs": "pub mod low;\npub use low::Low as Renamed;\n",
    "src/deep/low.rs": "pub struct Low;\n",
    "src/other.rs": KIND_RS,
    "src/b.rs": "fn run() {\n    crate::w::give();\n}\n",
}
GO = {
    "go.mod": "module example.org/shop\n",
    "low/low.go": KIND_GO,
    "other/low.go": KIND_GO,
    "main.go": 'package shop\n\nimport "example.org/shop/w"\n\nfunc run() {\n\tw.Give()\n}\n',
}
PYTHON = {
    "p/__init__.py": "",
    "p/low.py": KIND_PY,
    "other.py": KIND_PY,
    "main.py": "from w import give\n\n\ndef run():\n    give()\n",
}
TYPESCRIPT = {
    "low.ts": KIND_TS,
    "other.ts": KIND_TS,
    "spaces.ts": "export namespace inner {\n  export interface Deep { a: number }\n}\n",
    "main.ts": "import { give } from './w'\n\nfunction run() {\n  give()\n}\n",
}
JAVA = {
    "p/q/Kind.java": KIND_JAVA,
    "p/other/Kind.java": KIND_JAVA.replace("p.q", "p.other"),
    "p/r/Main.java": "package p.r;\n\nclass Main {\n  void run() {\n    Give.give();\n  }\n}\n",
}
CPP = {
    "low.hpp": KIND_CPP,
    "other.hpp": KIND_CPP.replace("low", "other"),
    "main.cpp": '#include "w.hpp"\n\nvoid run() {\n  give();\n}\n',
}
