import assert from "node:assert/strict";
import test from "node:test";
import { argument, type Source } from "../../src/arguments";
import { SERVER_COMMANDS } from "../../src/generated/commands";

const members = (command: string): Readonly<Record<string, boolean>> => {
  const found = SERVER_COMMANDS[command];
  assert.ok(found);
  return found;
};

const source = (more: Partial<Source> = {}): Source => ({
  uri: () => "file:///cart.py",
  range: () => "here",
  diagnostics: () => [],
  editId: () => Promise.resolve(undefined),
  runId: () => Promise.resolve("R"),
  ask: (member) => Promise.resolve(`my ${member}`),
  ...more,
});

const filled = async (command: string, more: Partial<Source> = {}): Promise<unknown> =>
  await argument(command, members(command), source(more));

test("a fix is about the selection and the problems of others there", async () => {
  assert.deepEqual(await filled("understudy.fix"), { uri: "file:///cart.py", range: "here" });
  assert.deepEqual(await filled("understudy.fix", { diagnostics: () => ["one"] }), {
    uri: "file:///cart.py",
    range: "here",
    diagnostics: ["one"],
  });
});

test("without a document there is no argument", async () => {
  assert.equal(await filled("understudy.fixFile", { uri: () => undefined }), undefined);
});

test("an instruction is asked for, and without one nothing happens", async () => {
  const given = (await filled("understudy.edit")) as { instruction: string };
  assert.equal(given.instruction, "my instruction");
  assert.equal(await filled("understudy.edit", { ask: () => Promise.resolve(undefined) }), undefined);
});

test("what may be left out is left out", async () => {
  assert.deepEqual(await filled("understudy.cancel"), {});
  assert.deepEqual(await filled("understudy.doctor"), { uri: "file:///cart.py" });
});

test("a waiting edit is what its commands are about", async () => {
  assert.equal(await filled("understudy.take"), undefined);
  assert.deepEqual(await filled("understudy.take", { editId: () => Promise.resolve("E") }), { editId: "E" });
  assert.deepEqual(await filled("understudy.showRun"), { runId: "R" });
});
