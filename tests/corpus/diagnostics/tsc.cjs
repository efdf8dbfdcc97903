// node tsc.cjs NODE_MODULES FILE: the TypeScript compiler's findings in FILE as LSP diagnostics.
const { createRequire } = require("node:module");
const ts = createRequire(process.argv[2] + "/")("typescript");

const file = process.argv[3];
const program = ts.createProgram([file], {
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
});
const source = program.getSourceFile(file);
const place = (offset) => ts.getLineAndCharacterOfPosition(source, offset);
const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
console.log(
  JSON.stringify(
    found.map((one) => ({
      range: { start: place(one.start), end: place(one.start + one.length) },
      severity: 1,
      code: one.code,
      source: "typescript",
      message: ts.flattenDiagnosticMessageText(one.messageText, "\n"),
    })),
  ),
);
