import assert from "node:assert/strict";
import test from "node:test";
import { argument, asksMore, type Source } from "../../src/arguments";
import { SERVER_COMMANDS } from "../../src/generated/commands";
import { Missing } from "../../src/missing";

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

test("without a document there is no argument, and that is said", async () => {
  const asked = filled("understudy.fixFile", { uri: () => undefined });
  await assert.rejects(asked, new Missing("open a file first."));
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
  await assert.rejects(filled("understudy.take"), new Missing("no fix waits here."));
  assert.deepEqual(await filled("understudy.take", { editId: () => Promise.resolve("E") }), { editId: "E" });
  assert.deepEqual(await filled("understudy.showRun"), { runId: "R" });
});

test("what is to be done next time is asked for, may stay empty, and can be broken off", async () => {
  const remembered = async (said: string | undefined, known = {}): Promise<unknown> => {
    const asked = source({ ask: () => Promise.resolve(said) });
    return await argument("understudy.rememberRun", members("understudy.rememberRun"), asked, known);
  };
  assert.deepEqual(await remembered("Return sums."), { runId: "R", words: "Return sums." });
  assert.deepEqual(await remembered("", { runId: "S" }), { runId: "S" });
  assert.equal(await remembered(undefined), undefined);
});

test("a run that is to be remembered leaves a question open, and one with words does not", () => {
  assert.equal(asksMore("understudy.rememberRun", { runId: "R" }), true);
  assert.equal(asksMore("understudy.rememberRun", { runId: "R", words: "Return sums." }), false);
  assert.equal(asksMore("understudy.fix", {}), false);
});
