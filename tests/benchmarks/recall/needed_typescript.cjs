// Print, as JSON, which definitions the functions of TypeScript packages need, as the compiler
// resolves their names: `node needed_typescript.cjs FOLDER SEED COUNT PACKAGE...`.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const [folder, seed, count, ...packages] = process.argv.slice(2);
const ts = require(path.join(folder, "node_modules", "typescript"));

const LEAST_LINES = 5;
const MOST_LINES = 60;
const LEFT_OUT = /(^|\/)(tests?|__tests__|benchmarks?|locales)\/|\.(test|spec|bench|d)\.[cm]?tsx?$/;

function* sources(dir) {
  for (const name of fs.readdirSync(dir).sort()) {
    const full = path.join(dir, name);
    if (name === "node_modules") continue;
    if (fs.statSync(full).isDirectory()) yield* sources(full);
    else if (/\.[cm]?tsx?$/.test(name) && !LEFT_OUT.test(full.split("/node_modules/").pop())) yield full;
  }
}

// A small generator of the same numbers everywhere (mulberry32).
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(list) {
  const next = random(Number(seed));
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

function functions(file) {
  const found = [];
  const line = (at) => file.getLineAndCharacterOfPosition(at).line;
  const visit = (node) => {
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
      const first = line(node.getStart());
      const stop = line(node.getEnd()) + 1;
      if (node.body && stop - first >= LEAST_LINES && stop - first <= MOST_LINES)
        found.push({ file, node, first, stop });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function needed(checker, top, { file, node }) {
  const found = new Map();
  const visit = (one) => {
    if (ts.isIdentifier(one)) take(one);
    ts.forEachChild(one, visit);
  };
  const take = (identifier) => {
    let symbol = checker.getSymbolAtLocation(identifier);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    const places = [];
    for (const one of symbol?.declarations ?? []) {
      const source = one.getSourceFile();
      const named = ts.getNameOfDeclaration(one);
      const inside = source.fileName.startsWith(top + "/") && !source.isDeclarationFile;
      if (!named || ts.isParameter(one) || ts.isTypeParameterDeclaration(one)) continue;
      if (ts.isSourceFile(one)) continue;
      if (source === file) return;
      if (!inside) continue;
      const { line } = source.getLineAndCharacterOfPosition(named.getStart());
      places.push([path.relative(top, source.fileName), line, symbol.name]);
    }
    if (places.length) found.set(JSON.stringify(places), places);
  };
  visit(node);
  return [...found.keys()].sort().map((key) => found.get(key));
}

for (const name of packages) {
  const top = path.join(fs.realpathSync(folder), "node_modules", name, "src");
  const files = [...sources(top)];
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const all = files.flatMap((one) => functions(program.getSourceFile(one)));
  let left = Number(count);
  for (const one of shuffled(all)) {
    if (left === 0) break;
    const places = needed(checker, top, one);
    if (!places.length) continue;
    const row = { package: name, path: path.relative(top, one.file.fileName), start: one.first, stop: one.stop };
    console.log(JSON.stringify({ ...row, needed: places }));
    left--;
  }
}
