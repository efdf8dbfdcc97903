import assert from "node:assert/strict";
import test from "node:test";
import type { LogOutputChannel } from "vscode";
import { masked } from "../../src/masked";

test("no key is written, in whatever form and at whatever level", () => {
  const lines: unknown[] = [];
  const write = (...values: unknown[]): void => {
    lines.push(...values);
  };
  const plain = { name: "Log", info: write, trace: write, append: write, error: write };
  const key = 'sk-"1"';
  const log = masked(plain as unknown as LogOutputChannel, () => [key]);
  log.info(`set ${key}`);
  log.trace(JSON.stringify({ key }), key);
  log.error(new Error("kept as it is"));
  assert.equal(log.name, "Log");
  assert.deepEqual(lines.slice(0, 3), ["set <key>", '{"key":"<key>"}', "<key>"]);
});
