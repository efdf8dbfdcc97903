import assert from "node:assert/strict";
import test from "node:test";
import * as vscode from "vscode";
import type { ReadyEdit } from "../../src/generated/protocol";
import { aboutOf, hasSeveral, parsed, sides, tabEdit } from "../../src/sides";

const SHOP = vscode.Uri.parse("file:///w/shop.py");

function edit(files: ReadyEdit["files"], more: Partial<ReadyEdit> = {}): ReadyEdit {
  return { editId: "E", textEdits: [], files, ...more } as unknown as ReadyEdit;
}

const file = (more: Partial<ReadyEdit["files"][number]>): ReadyEdit["files"][number] => ({
  uri: "file:///w/use.py",
  newUri: null,
  before: "a\n",
  after: "b\n",
  ...more,
});

test("both sides of a file have its own path, so that it is shown as changed and not as moved", () => {
  const [[at, before, after] = []] = sides(SHOP, edit([file({})]));
  assert.equal(at?.toString(), "file:///w/use.py");
  assert.deepEqual([before?.path, after?.path], ["/w/use.py", "/w/use.py"]);
  assert.ok(before !== undefined && after !== undefined);
  assert.deepEqual([parsed(before), parsed(after)], [
    { editId: "E", part: "0-before" },
    { editId: "E", part: "0-after" },
  ]);
});

test("what is made has no side before, and what is deleted none after", () => {
  const made = sides(SHOP, edit([file({ before: null })]))[0];
  const deleted = sides(SHOP, edit([file({ after: null })]))[0];
  assert.deepEqual([made?.[1], deleted?.[2]], [undefined, undefined]);
  assert.ok(made?.[2] !== undefined && deleted?.[1] !== undefined);
});

test("a file that is moved is shown under both paths", () => {
  const [[at, before, after] = []] = sides(SHOP, edit([file({ newUri: "file:///w/tools/use.py" })]));
  assert.equal(at?.toString(), "file:///w/tools/use.py");
  assert.notEqual(before?.path, after?.path);
});

test("an editor of several files is known by any of its sides, and others are not ours", () => {
  const [[, before] = []] = sides(SHOP, edit([file({ after: null })]));
  const textDiffs = [{ original: SHOP, modified: SHOP }, { original: before }];
  assert.equal(tabEdit({ input: { textDiffs } }), "E");
  assert.equal(hasSeveral({ input: { textDiffs } }), true);
  assert.equal(tabEdit({ input: { textDiffs: [{ original: SHOP, modified: SHOP }] } }), undefined);
  assert.equal(tabEdit({ input: undefined }), undefined);
});

test("each text of a preview is about a document that is there", () => {
  const own = edit([file({}), file({ before: null }), file({ newUri: "file:///w/tools/use.py" })], {
    textEdits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: "a" }],
  });
  const about = sides(SHOP, own).map(([, , after]) => after && aboutOf(after, { uri: SHOP, edit: own }).toString());
  assert.deepEqual(about, [SHOP.toString(), "file:///w/use.py", SHOP.toString(), "file:///w/use.py"]);
});
