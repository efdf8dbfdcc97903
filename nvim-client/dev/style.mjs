// Compares the Lua files with what StyLua makes of them; `--write` puts that in their place.
// StyLua's package for npm is a library, so its configuration file is read here.

import fs from "node:fs";
import path from "node:path";
import { Config, IndentType, OutputVerification, QuoteStyle, formatCode } from "@johnnymorganz/stylua";

const HERE = import.meta.dirname;
const ROOT = path.join(HERE, "..", "..");
const FOLDERS = ["nvim-client", "tests/editors"];
const LEFT_OUT = new Set(["node_modules", "generated"]);

/** The settings of `.stylua.toml`, in which every line is one of them. */
function settings() {
  const text = fs.readFileSync(path.join(HERE, "..", ".stylua.toml"), "utf8");
  const found = [...text.matchAll(/^(\w+) = "?(\w+)"?$/gm)];
  return Object.fromEntries(found.map(([, key, value]) => [key, value]));
}

function configuration() {
  const said = settings();
  const config = Config.new();
  config.column_width = Number(said.column_width);
  config.indent_type = IndentType[said.indent_type];
  config.indent_width = Number(said.indent_width);
  config.quote_style = QuoteStyle[said.quote_style];
  return config;
}

function* lua(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const found = path.join(folder, entry.name);
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) {
      yield* lua(found);
    } else if (entry.name.endsWith(".lua")) {
      yield found;
    }
  }
}

let wrong = 0;
for (const file of FOLDERS.flatMap((folder) => [...lua(path.join(ROOT, folder))])) {
  const before = fs.readFileSync(file, "utf8");
  const after = formatCode(before, configuration(), undefined, OutputVerification.Full);
  if (before !== after && process.argv.includes("--write")) {
    fs.writeFileSync(file, after);
  } else if (before !== after) {
    wrong += 1;
    console.error(`${path.relative(ROOT, file)} is not formatted: npm run format, in nvim-client/dev`);
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
