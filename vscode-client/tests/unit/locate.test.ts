import assert from "node:assert/strict";
import * as path from "node:path";
import test from "node:test";
import { locate, NotThere } from "../../src/server/locate";
import { onPath } from "../../src/server/programs";
import { findPython, readVersion } from "../../src/server/python";
import { folder, ONLY_POSIX, script } from "./programs";

const SERVER = "echo understudy 9.9.9";
const OTHER = "echo something else";
const nowhere = { chosen: undefined, folders: [], searched: "" };

test("the user's choice counts before all others", ONLY_POSIX, async () => {
  const place = await folder();
  const chosen = await script(path.join(place, "mine"), SERVER);
  await script(path.join(place, ".venv/bin/understudy"), SERVER);
  assert.deepEqual(await locate({ ...nowhere, chosen, folders: [place] }), { program: chosen, how: "setting" });
});

test("a choice that can't be run is told, and nothing else is taken for it", ONLY_POSIX, async () => {
  const place = await folder();
  await script(path.join(place, "understudy"), SERVER);
  const missing = path.join(place, "nothing");
  await assert.rejects(locate({ ...nowhere, chosen: missing, searched: place }), NotThere);
});

test("the environment of a trusted folder comes before PATH", ONLY_POSIX, async () => {
  const place = await folder();
  const own = await script(path.join(place, "venv/bin/understudy"), SERVER);
  const common = await script(path.join(place, "bin/understudy"), SERVER);
  const searched = path.join(place, "bin");
  assert.equal((await locate({ ...nowhere, folders: [place], searched }))?.program, own);
  assert.deepEqual(await locate({ ...nowhere, searched }), { program: common, how: "path" });
});

test("another program of the same name is passed over", ONLY_POSIX, async () => {
  const place = await folder();
  await script(path.join(place, "one/understudy"), OTHER);
  const second = await script(path.join(place, "two/understudy"), SERVER);
  const searched = [path.join(place, "one"), path.join(place, "two")].join(path.delimiter);
  assert.equal((await locate({ ...nowhere, searched }))?.program, second);
  assert.equal(await locate({ ...nowhere, searched: path.join(place, "one") }), undefined);
});

test("a relative folder of PATH is the workspace's, and is not searched", ONLY_POSIX, async () => {
  assert.deepEqual(await onPath(["sh"], [".", "bin"].join(path.delimiter)), []);
  assert.ok((await onPath(["sh"], "/bin")).includes("/bin/sh"));
});

test("the newest Python counts that is new enough", ONLY_POSIX, async () => {
  const place = await folder();
  await script(path.join(place, "python3"), "echo 3 9");
  assert.equal(await findPython(undefined, place), undefined);
  const named = await script(path.join(place, "python3.12"), "echo 3 12");
  assert.equal(await findPython(undefined, place), named);
  const old = path.join(place, "python3");
  assert.equal(await findPython(old, place), undefined, "an old one that was chosen");
});

test("versions are read, and nothing else is", () => {
  assert.deepEqual(readVersion("3 13\n"), [3, 13]);
  assert.equal(readVersion("Python 3.13"), undefined);
});
