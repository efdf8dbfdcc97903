"""TypeScript and JavaScript: relative paths, `paths` of tsconfig files, and a workspace's packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.gathering.node_projects import NodeProject, node_project
from understudy.gathering.paths import folders_above, joined
from understudy.gathering.resolvers import Resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from understudy.gathering.node_projects import Package
    from understudy.gathering.projects import Here

_SOURCES = (".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs")
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_WRITTEN_AS = {
    ".js": (".ts", ".tsx", ".d.ts", ".jsx"),
    ".jsx": (".tsx",),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}
"""An import may name the file that the compiler will write."""
_BUILT = frozenset({"dist", "lib", "build", "out", "esm", "cjs", "es", "types"})
_MAIN = ("src/index", "index", "lib/index", "src/main", "main")


def _files(here: Here[NodeProject], module: str) -> Iterator[str]:
    if module.startswith("."):
        yield from _file(here, joined(here.folder, module))
    elif module.startswith("#"):
        yield from _own_import(here, module)
    else:
        yield from _by_paths(here, module)
        yield from _by_package(here, module)
        yield from _declared(here, module)


def _declared(here: Here[NodeProject], module: str) -> Iterator[str]:
    """The declaration files that say what a module from elsewhere offers: `declare module "a"`."""
    for path, _, one in here.index.named(module):
        if one.kind == "module" and path.endswith(_DECLARATIONS):
            yield path


def _file(here: Here[NodeProject], base: str | None) -> Iterator[str]:
    """The file that a path without or with an ending is, as Node and TypeScript look for it."""
    if base is None:
        return
    stem, dot, ending = base.rpartition(".")
    written = _WRITTEN_AS.get(f"{dot}{ending}", ())
    forms = [
        *(f"{stem}{one}" for one in written),
        base,
        *(f"{base}{one}" for one in _SOURCES),
        *(f"{base}/index{one}".lstrip("/") for one in _SOURCES),
    ]
    found = next((one for one in forms if here.index.has(one)), None)
    if found is not None:
        yield found
        # What a script holds may be told in the declarations beside it.
        declared = f"{found.rpartition('.')[0]}.d.ts"
        if found.endswith((".js", ".jsx")) and here.index.has(declared):
            yield declared


def _by_paths(here: Here[NodeProject], module: str) -> Iterator[str]:
    """By the nearest tsconfig above the file, its `paths` first."""
    for folder in folders_above(here.path):
        for config in here.layout.configs:
            if config.folder == folder:
                for target in _targets(config.paths, module):
                    yield from _file(here, joined(config.base, target))
                if config.has_base:
                    yield from _file(here, joined(config.base, module))


def _targets(paths: Mapping[str, Sequence[str]], module: str) -> Iterator[str]:
    """What a module is mapped to, by the longest pattern that fits; a pattern has one `*` at most."""
    fitting = []
    for pattern in paths:
        before, star, after = pattern.partition("*")
        long_enough = len(module) >= len(before) + len(after)
        if pattern == module or (
            star and long_enough and module.startswith(before) and module.endswith(after)
        ):
            fitting.append((len(before), pattern))
    for length, pattern in sorted(fitting, reverse=True):
        after = pattern.partition("*")[2]
        inner = module[length : len(module) - len(after)] if "*" in pattern else ""
        yield from (target.replace("*", inner, 1) for target in paths[pattern])


def _by_package(here: Here[NodeProject], module: str) -> Iterator[str]:
    parts = module.split("/")
    count = 2 if module.startswith("@") else 1
    package = here.layout.packages.get("/".join(parts[:count]))
    if package is None:
        return
    inner = "/".join(parts[count:])
    wanted = f"./{inner}" if inner else "."
    for target in _targets(package.exports, wanted):
        yield from _source(here, package, target)
    if inner:
        yield from _file(here, joined(package.folder, inner))
        yield from _file(here, joined(package.folder, f"src/{inner}"))
        return
    for target in (*package.mains, *_MAIN):
        yield from _source(here, package, target)


def _own_import(here: Here[NodeProject], module: str) -> Iterator[str]:
    """By `imports` of the package around the file."""
    for folder in folders_above(here.path):
        for package in here.layout.all_packages:
            if package.folder == folder:
                for target in _targets(package.imports, module):
                    yield from _source(here, package, target)
                return


def _source(here: Here[NodeProject], package: Package, target: str) -> Iterator[str]:
    """A file that a package names, else the source that it is built from."""
    found = list(_file(here, joined(package.folder, target)))
    if not found:
        parts = target.removeprefix("./").split("/")
        built = len(parts) > 1 and parts[0] in _BUILT
        inner = [part for part in parts[1:] if part not in _BUILT] if built else parts
        tail = "/".join(inner)
        for ending in (".d.ts", ".d.mts", ".d.cts"):
            tail = tail.removesuffix(ending)
        found = list(_file(here, joined(package.folder, f"src/{tail}")))
    yield from found


RESOLVER: Resolver[NodeProject] = Resolver(
    id="ecmascript",
    languages=("typescript", "typescriptreact", "javascript", "javascriptreact"),
    files=_files,
    layout=node_project,
    settings=("tsconfig.json", "jsconfig.json", "package.json"),
)
