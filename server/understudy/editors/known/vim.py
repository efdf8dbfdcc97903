"""Vim, which speaks to language servers by one of three plugins: ALE, vim-lsp or coc.nvim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from understudy.editors import Client, Editor
from understudy.editors.blocks import Block
from understudy.editors.json_form import JsonMembers, words
from understudy.editors.markers import ROOT_MARKERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from understudy.editors import Server
    from understudy.editors.machine import Machine

_FILETYPES = {"csharp": "cs", "makefile": "make", "shellscript": "sh"}
"""Where Vim's name is not the LSP language id."""
_COC = ("languageserver", "understudy")


def _ale(server: Server) -> str:
    """A linter for ALE: `%e` is its executable, escaped; without a root ALE starts no server."""
    return f"""\
let s:command = {_list(server.command)}

function! s:Root(buffer) abort
  let l:folder = expand('#' . a:buffer . ':p:h')
  for l:mark in {_list(ROOT_MARKERS)}
    let l:found = finddir(l:mark, l:folder . ';') . findfile(l:mark, l:folder . ';')
    if !empty(l:found)
      return fnamemodify(substitute(fnamemodify(l:found, ':p'), '[\\/]$', '', ''), ':h')
    endif
  endfor
  return l:folder
endfunction

" What ALE would run for a language, whoever says so, and this one besides.
function! s:Add(language) abort
  let l:names = map(copy(ale#linter#Get(a:language)), 'v:val.name')
  if index(l:names, 'understudy') < 0
    let g:ale_linters = get(g:, 'ale_linters', {{}})
    let g:ale_linters[a:language] = l:names + ['understudy']
  endif
endfunction

if !empty(globpath(&runtimepath, 'autoload/ale.vim'))
  for s:language in {_list(_filetypes(server))}
    call ale#linter#Define(s:language, {{
    \\ 'name': 'understudy',
    \\ 'lsp': 'stdio',
    \\ 'executable': s:command[0],
    \\ 'command': join(['%e'] + map(s:command[1:], 'ale#Escape(v:val)')),
    \\ 'project_root': function('s:Root'),
    \\}})
  endfor
  augroup understudy
    autocmd!
    autocmd FileType {",".join(_filetypes(server))} call s:Add(expand('<amatch>'))
  augroup END
endif
"""


def _vim_lsp(server: Server) -> str:
    return f"""\
augroup understudy
  autocmd!
  autocmd User lsp_setup call lsp#register_server({{
  \\ 'name': 'understudy',
  \\ 'cmd': {{info -> {_list(server.command)}}},
  \\ 'allowlist': {_list(_filetypes(server))},
  \\}})
augroup END
"""


def _coc(server: Server) -> Mapping[tuple[str, ...], object]:
    program, *arguments = server.command
    return {
        _COC: {
            "command": program,
            "args": arguments,
            "filetypes": _filetypes(server),
            "rootPatterns": list(ROOT_MARKERS),
        }
    }


def _told_coc(value: object) -> tuple[str, ...]:
    if not isinstance(value, dict) or not isinstance(value.get("command"), str):
        return ()
    return (value["command"], *words(value.get("args")))


def _filetypes(server: Server) -> list[str]:
    return [_FILETYPES.get(one, one) for one in server.languages]


def _list(strings: Iterable[str]) -> str:
    """A list of Vim script; between single quotes only the quote itself is special."""
    return "[" + ", ".join("'" + one.replace("'", "''") + "'" for one in strings) + "]"


def _folder(machine: Machine) -> Path:
    return machine.home / ("vimfiles" if machine.system == "windows" else ".vim")


def _script(machine: Machine) -> Path:
    """Sourced after the user's own configuration and all plugins."""
    return _folder(machine) / "after" / "plugin" / "understudy.vim"


def _coc_settings(machine: Machine) -> Path:
    return _folder(machine) / "coc-settings.json"


def _holding(script: str) -> Callable[[Machine], Iterator[Path]]:
    """Where packages, plugin managers and Debian put a plugin that has a script of this name."""

    def patterns(machine: Machine) -> Iterator[Path]:
        yield _folder(machine) / "pack" / "*" / "*" / "*" / "autoload" / script
        yield _folder(machine) / "*" / "*" / "autoload" / script
        yield Path("/usr/share/vim/vimfiles/pack/*/*/*/autoload") / script

    return patterns


EDITOR = Editor(
    id="vim",
    name="Vim",
    programs=("vim",),
    oldest=(8,),
    clients=(
        Client(
            id="ale",
            name="ALE",
            place=_script,
            form=Block('"', _ale, word="ale#linter#Define"),
            evidence=_holding("ale.vim"),
            need="Install the plugin ALE, then run this once more.",
        ),
        Client(
            id="vim-lsp",
            name="vim-lsp",
            place=_script,
            form=Block('"', _vim_lsp, word="lsp#register_server"),
            evidence=_holding("lsp.vim"),
            need="Install the plugin vim-lsp, then run this once more.",
        ),
        Client(
            id="coc",
            name="coc.nvim",
            place=_coc_settings,
            form=JsonMembers(members=_coc, paths=(_COC,), told=_told_coc),
            evidence=_holding("coc.vim"),
            need="Install the plugin coc.nvim, then run this once more.",
        ),
    ),
)
