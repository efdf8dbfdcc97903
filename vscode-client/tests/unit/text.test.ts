import assert from "node:assert/strict";
import test from "node:test";
import { applied, fitsGhost, lineChange, shortened, type Change } from "../../src/text";

const change = (from: [number, number], to: [number, number], newText: string): Change => ({
  range: {
    start: { line: from[0], character: from[1] },
    end: { line: to[0], character: to[1] },
  },
  newText,
});

test("changes are carried out in the coordinates of the text before them", () => {
  const text = "a = 1\r\nb = 2\rc = 3\nd";
  const changes = [change([0, 0], [0, 1], "x"), change([2, 4], [3, 0], "4\n"), change([1, 0], [1, 0], "\n")];
  assert.equal(applied(text, changes), "x = 1\r\n\nb = 2\rc = 4\nd");
});

test("an insertion comes before a replacement at its place", () => {
  assert.equal(applied("ab", [change([0, 0], [0, 0], "1"), change([0, 0], [0, 1], "2")]), "12b");
});

test("columns are counted in UTF-16, and what lies beyond the end is the end", () => {
  assert.equal(applied("'😀' x", [change([0, 3], [0, 4], "|")]), "'😀| x");
  assert.equal(applied("a", [change([7, 0], [9, 4], "b")]), "ab");
});

test("a change of one line tells the line as it is and as it will be", () => {
  const found = lineChange([change([3, 4], [3, 9], "result")], () => "    reslt  # sum");
  assert.deepEqual(found, {
    line: 3,
    before: "    reslt  # sum",
    after: "    result  # sum",
    start: 4,
    end: 9,
    text: "result",
  });
});

test("several changes, or one of several lines, are not shown within the line", () => {
  const one = change([0, 0], [0, 1], "x");
  assert.equal(lineChange([one, one], () => "a"), undefined);
  assert.equal(lineChange([change([0, 0], [1, 0], "")], () => "a"), undefined);
  assert.equal(lineChange([], () => "a"), undefined);
});

test("ghost text only adds, and only behind the cursor", () => {
  assert.ok(fitsGhost("    return reslt", "    return result", 11));
  assert.ok(fitsGhost("", "import os", 0));
  assert.ok(!fitsGhost("    return reslt", "    return result", 16));
  assert.ok(!fitsGhost("return countt", "return count", 7));
  assert.ok(!fitsGhost("same", "same", 0));
  assert.ok(!fitsGhost("ab", "ba", 0));
});

test("of several lines the first stands for all", () => {
  assert.equal(shortened("one"), "one");
  assert.equal(shortened("one\r\ntwo"), "one …");
});
