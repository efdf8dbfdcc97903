// node tsc.cjs NODE_MODULES: the TypeScript compiler's findings as LSP diagnostics.
// Each line of the input is a JSON string, the full path of a file; each is answered by one line.
// The compiler's own declarations are read once for all of them.
const { createRequire } = require("node:module");
const path = require("node:path");
const readline = require("node:readline");
const ts = createRequire(process.argv[2] + "/")("typescript");

const options = {
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
};
const declarations = new Map();

function hostAt(place) {
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => place;
  const folder = host.getDefaultLibLocation();
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...more) => {
    if (path.dirname(name) !== folder) return read(name, ...more);
    if (!declarations.has(name)) declarations.set(name, read(name, ...more));
    return declarations.get(name);
  };
  return host;
}

function findings(file) {
  const program = ts.createProgram([file], options, hostAt(path.dirname(file)));
  const source = program.getSourceFile(file);
  const place = (offset) => ts.getLineAndCharacterOfPosition(source, offset);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map((one) => ({
    range: { start: place(one.start), end: place(one.start + one.length) },
    severity: 1,
    code: one.code,
    source: "typescript",
    message: ts.flattenDiagnosticMessageText(one.messageText, "\n"),
  }));
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  console.log(JSON.stringify(findings(JSON.parse(line))));
});
