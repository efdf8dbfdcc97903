// node eslint.cjs NODE_MODULES FILE: ESLint's findings in FILE as LSP diagnostics.
const { createRequire } = require("node:module");
const fs = require("node:fs");
const { Linter } = createRequire(process.argv[2] + "/")("eslint");

const RULES = [
  "no-unused-vars",
  "prefer-const",
  "no-var",
  "eqeqeq",
  "no-useless-escape",
  "no-debugger",
  "object-shorthand",
  "dot-notation",
  "curly",
  "use-isnan",
  "no-extra-boolean-cast",
  "no-undef",
];
const file = process.argv[3];
const config = {
  files: ["**/*.js"],
  languageOptions: { ecmaVersion: 2022, sourceType: "module" },
  rules: Object.fromEntries(RULES.map((rule) => [rule, "error"])),
};
const found = new Linter().verify(fs.readFileSync(file, "utf8"), [config], file);
console.log(
  JSON.stringify(
    found.map((one) => ({
      range: {
        start: { line: one.line - 1, character: one.column - 1 },
        end: { line: (one.endLine ?? one.line) - 1, character: (one.endColumn ?? one.column) - 1 },
      },
      severity: 1,
      code: one.ruleId,
      source: "eslint",
      message: one.message,
      data: one,
    })),
  ),
);
