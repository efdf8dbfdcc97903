import assert from "node:assert/strict";
import test from "node:test";
import * as vscode from "vscode";
import { explicitSettings, ownText } from "../../src/settings";

const { settings } = vscode as unknown as {
  settings: Record<string, { value: unknown; said: object }>;
};

test("only what somebody set is told, as a tree", () => {
  settings["understudy.gate.autoApply"] = { value: true, said: { globalValue: true } };
  settings["understudy.gate.autoScore"] = { value: 0.9, said: { defaultValue: 0.9 } };
  settings["understudy.providers"] = { value: { acme: {} }, said: { globalValue: { acme: {} } } };
  settings["understudy.preview"] = { value: "inline", said: { workspaceValue: "inline" } };
  assert.deepEqual(explicitSettings(), { gate: { autoApply: true }, providers: { acme: {} } });
});

test("an empty text is no path", () => {
  settings["understudy.server.path"] = { value: "  ", said: {} };
  assert.equal(ownText("server.path"), undefined);
});
