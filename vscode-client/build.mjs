// Bundles the extension into dist/, or its tests: node build.mjs [tests]
import { build } from "esbuild";

const shared = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };
const production = { minify: true, legalComments: "none", sourcemap: false };

if (process.argv[2] === "tests") {
  const alias = { vscode: "./tests/unit/vscode.cjs" };
  const entryPoints = ["tests/unit/all.test.ts"];
  await build({ ...shared, entryPoints, alias, outdir: "dist/tests", sourcemap: "inline" });
} else {
  const page = { bundle: true, platform: "browser", target: "es2022", format: "iife" };
  await build({
    ...shared,
    ...production,
    entryPoints: ["src/extension.ts"],
    external: ["vscode"],
    outfile: "dist/extension.js",
  });
  await build({ ...page, ...production, entryPoints: ["src/webview/runs.ts"], outfile: "dist/runs.js" });
  await build({
    ...shared,
    entryPoints: ["tests/host/suite.ts"],
    external: ["vscode"],
    outfile: "dist/host/suite.js",
  });
}
