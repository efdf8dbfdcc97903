"""C++."""

from understudy.languages import Language

LANGUAGE = Language(id="cpp", suffixes=frozenset({".cc", ".cpp", ".cxx", ".hpp", ".hh"}))
