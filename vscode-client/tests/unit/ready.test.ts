import assert from "node:assert/strict";
import test from "node:test";
import * as vscode from "vscode";
import type { Condition, Connection } from "../../src/connection";
import type { ReadyEdit } from "../../src/generated/protocol";
import { ReadyEdits } from "../../src/ready";

const URI = vscode.Uri.parse("file:///cart.py");
const edit = (editId: string): ReadyEdit => ({ editId }) as ReadyEdit;

/** A connection whose server is played by the test. */
class Played {
  readonly conditions = new vscode.EventEmitter<Condition>();
  readonly onCondition = this.conditions.event;
  edits: readonly ReadyEdit[] = [];
  asked = 0;
  fails = false;
  tell: (value: { uri: string; editIds: readonly string[] }) => void = () => undefined;

  on(_: string, run: typeof this.tell): void {
    this.tell = run;
  }

  request(): Promise<{ edits: readonly ReadyEdit[] }> {
    this.asked += 1;
    return this.fails ? Promise.reject(new Error("gone")) : Promise.resolve({ edits: this.edits });
  }

  execute(): Promise<void> {
    return Promise.reject(new Error("The edit waits no longer."));
  }
}

function start(): { played: Played; ready: ReadyEdits } {
  const played = new Played();
  return { played, ready: new ReadyEdits(played as unknown as Connection) };
}

test("edits are asked for when the server says that there are some", async () => {
  const { played, ready } = start();
  played.edits = [edit("E")];
  played.tell({ uri: URI.toString(), editIds: ["E"] });
  await ready.fetch(URI);
  assert.equal(played.asked, 1, "two questions at once are one");
  assert.equal(ready.find("E")?.uri.toString(), URI.toString());
});

test("whoever waits for an edit to go hears it", async () => {
  const { played, ready } = start();
  played.edits = [edit("E")];
  await ready.fetch(URI);
  const waiting = ready.gone("E");
  played.tell({ uri: URI.toString(), editIds: [] });
  assert.equal(await waiting, true);
  assert.equal(await ready.gone("E"), true);
});

test("of a server that ended nothing is left", async () => {
  const { played, ready } = start();
  played.edits = [edit("E")];
  await ready.fetch(URI);
  played.conditions.fire({ kind: "stopped" });
  assert.deepEqual(ready.of(URI), []);
});

test("a server that does not know the question has no edits", async () => {
  const { played, ready } = start();
  played.fails = true;
  assert.deepEqual(await ready.fetch(URI), []);
});

test("after an edit was refused it is looked what waits", async () => {
  const { played, ready } = start();
  played.edits = [edit("E")];
  await ready.fetch(URI);
  played.edits = [];
  await assert.rejects(ready.take("E"), /waits no longer/);
  assert.equal(ready.find("E"), undefined);
});
