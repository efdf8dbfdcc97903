import assert from "node:assert/strict";
import test from "node:test";
import * as vscode from "vscode";
import type { Connection } from "../../src/connection";
import { contributeLessons, importLessons, reviewLessons, revokeLessons } from "../../src/lessons";

type Entry = Readonly<Record<string, unknown>>;

/** What the user is asked, and what they answer. */
const user = vscode as unknown as {
  asked: [kind: string, ...call: unknown[]][];
  answers: unknown[];
  written: [string, string][];
};

/** A server that gives what it was told to, and remembers what it was asked. */
class Played {
  readonly asked: [string, unknown][] = [];

  constructor(private readonly replies: Readonly<Record<string, readonly Entry[]>>) {}

  request(method: string, params: unknown): Promise<unknown> {
    const before = this.asked.filter(([one]) => one === method).length;
    this.asked.push([method, params]);
    const replies = this.replies[method] ?? [];
    return Promise.resolve(replies[Math.min(before, replies.length - 1)]);
  }

  execute(command: string): Promise<unknown> {
    this.asked.push([command, {}]);
    return Promise.resolve(undefined);
  }
}

/** Plays one scene with a server and a user; gives what both heard. */
async function play(
  scene: (connection: Connection) => Promise<void>,
  replies: Readonly<Record<string, readonly Entry[]>>,
  ...answers: unknown[]
): Promise<{ server: [string, unknown][]; told: unknown[] }> {
  user.asked.length = 0;
  user.written.length = 0;
  user.answers.splice(0, Infinity, ...answers);
  const played = new Played(replies);
  await scene(played as unknown as Connection);
  assert.deepEqual(user.answers, [], "every answer was asked for");
  const told = user.asked.filter(([kind]) => kind === "message").map(([, text]) => text);
  return { server: played.asked, told };
}

const choice = (action: string, into = ""): Entry => ({ title: `${action} ${into}`.trim(), id: "one", action, into });
const lesson = (id: string, state = "waiting"): Entry => ({
  ...{ id, state, why: "it waits", words: "Import what you use.", category: "lint_failure", code: "F821" },
  ...{ language: "python", model: "", uses: 3, held: 1 },
  choices: [choice("accept"), choice("edit"), choice("merge", "two")],
});
const first = (entries: readonly unknown[]): unknown => entries[0];
const titled =
  (title: string) =>
  (entries: readonly { label: string }[]): unknown =>
    entries.find((one) => one.label === title);
const told = { "learning/review": [{ told: "Done." }] };

test("lessons are said something of, one after the other, while some wait", async () => {
  const lists = [[lesson("one"), lesson("two")], [lesson("two"), lesson("one", "active")]];
  const replies = { ...told, "learning/list": lists.map((lessons) => ({ lessons })) };
  const found = await play(reviewLessons, replies, first, titled("accept"), undefined, first, titled("accept"), undefined);
  assert.deepEqual(
    found.server.map(([method]) => method),
    ["learning/list", "learning/review", "learning/list", "learning/review"],
  );
  assert.deepEqual(found.server[1], ["learning/review", { id: "one", action: "accept" }]);
  assert.deepEqual(found.told, ["Understudy: Done.", "Understudy: Done."]);
});

test("a lesson is put into other words, or made one with another", async () => {
  const replies = { ...told, "learning/list": [{ lessons: [lesson("one")] }] };
  const edited = await play(reviewLessons, replies, first, titled("edit"), " Use less. ", undefined);
  assert.deepEqual(edited.server[1], ["learning/review", { id: "one", action: "edit", words: "Use less." }]);
  const merged = await play(reviewLessons, replies, first, titled("merge two"), undefined);
  assert.deepEqual(merged.server[1], ["learning/review", { id: "one", action: "merge", into: "two" }]);
});

test("whoever breaks off, or says no words, says nothing", async () => {
  const replies = { "learning/list": [{ lessons: [lesson("one")] }] };
  for (const answers of [[undefined], [first, undefined], [first, titled("edit"), undefined], [first, titled("edit"), " "]]) {
    const { server } = await play(reviewLessons, replies, ...answers);
    assert.equal(server.length, 1);
  }
});

test("the evidence is the server's report", async () => {
  const replies = { "learning/list": [{ lessons: [lesson("one")] }] };
  const { server } = await play(reviewLessons, replies, first, titled("Show the evidence of all lessons"));
  assert.equal(server.at(-1)?.[0], "understudy.lessons");
});

test("without lessons that is said", async () => {
  const found = await play(reviewLessons, { "learning/list": [{ lessons: [] }] }, undefined);
  assert.match(String(found.told), /Nothing has been learned yet/);
});

const shown = { what: "shown", hash: "abc", told: "1 lesson.", payload: "{}\n", leftOut: [] };
const target = vscode.Uri.parse("file:///tmp/lessons.json");

test("what others could get is shown, and nothing of it is confirmed by looking at it", async () => {
  const { server } = await play(contributeLessons, { "learning/contribute": [shown] }, undefined);
  assert.deepEqual(server, [["learning/contribute", {}]]);
});

test("lessons for others are written byte for byte once they are confirmed by their hash", async () => {
  const confirmed = { ...shown, what: "confirmed", payload: "{π}\n" };
  const replies = { "learning/contribute": [shown, confirmed] };
  const found = await play(contributeLessons, replies, "Save as a File…", target, undefined);
  assert.deepEqual(found.server[1], ["learning/contribute", { hash: "abc" }]);
  assert.deepEqual(user.written, [["/tmp/lessons.json", "{π}\n"]]);
  const broken = await play(contributeLessons, replies, "Save as a File…", undefined);
  assert.equal(broken.server.length, 1);
  assert.deepEqual(user.written, []);
});

test("a pull request takes an upstream and a fork, and goes nowhere without them", async () => {
  const opened = { ...shown, what: "opened", told: "Opened.", where: "https://example.org/1" };
  const replies = { "learning/contribute": [shown, opened] };
  const send = "Open a Pull Request…";
  const found = await play(contributeLessons, replies, send, "others/lessons", "me/lessons", "Open", undefined);
  const whole = { hash: "abc", upstream: "others/lessons", fork: "me/lessons" };
  assert.deepEqual(found.server[1], ["learning/contribute", whole]);
  assert.equal(String(user.asked.at(-1)?.[1]), "https://example.org/1");
  for (const answers of [[""], [undefined], ["others/lessons", ""], ["others/lessons", undefined]]) {
    const { server } = await play(contributeLessons, replies, send, ...answers);
    assert.equal(server.length, 1);
  }
});

test("what is left out is named with the reason, and a long list only begun", async () => {
  const left = ["a", "b", "c", "d", "e"].map((id) => ({ id, why: "too few runs" }));
  const nothing = { ...shown, what: "nothing", told: "Nothing new.", leftOut: left };
  const found = await play(contributeLessons, { "learning/contribute": [nothing] }, undefined);
  const reason = "(too few runs)";
  assert.deepEqual(found.told, [`Understudy: Nothing new. Left out: a ${reason}; b ${reason}; c ${reason}; 2 more.`]);
});

const planned = { told: "1 lesson would wait.", lessons: ["one"], leftOut: [], tag: "friends" };

test("lessons of others are shown first, and come into the queue when the user says so", async () => {
  const replies = { "learning/import": [planned, { ...planned, told: "1 lesson waits." }] };
  const asked = { path: "/tmp/lessons.json", tag: "friends" };
  const found = await play(importLessons, replies, [target], "friends", "Put into the Queue", undefined);
  assert.deepEqual(found.server, [
    ["learning/import", { ...asked, dryRun: true }],
    ["learning/import", asked],
  ]);
  const left = await play(importLessons, replies, [target], "", undefined);
  assert.deepEqual(left.server, [["learning/import", { path: "/tmp/lessons.json", dryRun: true }]]);
});

test("an import is broken off at each of its questions, and one of nothing ends at once", async () => {
  const replies = { "learning/import": [{ ...planned, lessons: [] }] };
  for (const answers of [[undefined], [[target], undefined]]) {
    assert.deepEqual((await play(importLessons, replies, ...answers)).server, []);
  }
  assert.equal((await play(importLessons, replies, [target], "", undefined)).server.length, 1);
});

test("lessons of others are taken back by the file that they came from, and only when one is picked", async () => {
  const source = { tag: "friends", hash: "abc", file: "f.json", importedMs: 0, lessons: 2 };
  const replies = { "learning/sources": [{ sources: [source] }], "learning/revoke": [{ told: "2 lessons are gone." }] };
  const found = await play(revokeLessons, replies, titled("friends"), undefined);
  assert.deepEqual(found.server, [
    ["learning/sources", {}],
    ["learning/revoke", { source: "abc" }],
  ]);
  assert.deepEqual(found.told, ["Understudy: 2 lessons are gone."]);
  assert.equal((await play(revokeLessons, replies, undefined)).server.length, 1);
  const none = await play(revokeLessons, { "learning/sources": [{ sources: [] }] }, undefined);
  assert.match(String(none.told), /No lessons of others/);
});
