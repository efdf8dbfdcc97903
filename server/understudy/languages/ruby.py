"""Ruby."""

from __future__ import annotations

from understudy.context.grammar import Grammar, kinds
from understudy.languages import Language

LANGUAGE = Language(
    id="ruby",
    suffixes=frozenset({".rb", ".rake", ".gemspec"}),
    name="Ruby",
    fence="ruby",
    line_comment="#",
    block_comment=("=begin", "=end"),
    grammar=Grammar(
        "tree_sitter_ruby",
        symbols=kinds("method singleton_method class singleton_class module"),
        blocks=kinds("if unless while until for case begin do_block call"),
    ),
    tests=("{stem}_spec.rb", "{stem}_test.rb", "test_{stem}.rb"),
    file_names=frozenset({"Gemfile", "Rakefile"}),
)
