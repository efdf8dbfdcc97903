import assert from "node:assert/strict";
import test from "node:test";
import { statsCsv } from "../../src/csv";
import type { StatsRow } from "../../src/generated/protocol";

const ROW = { name: 'a/"b",c', successRate: 0.5, ci95: [0.1, 0.9], byTaskType: {}, costUsd: null, estimated: true };

test("numbers of models become one line each, and what holds others is left out", () => {
  const rows = [ROW, { ...ROW, name: "d", costUsd: 0.25, ci95: null }] as unknown as StatsRow[];
  const told = statsCsv(rows);
  assert.equal(told, 'name,successRate,costUsd,estimated\r\n"a/""b"",c",0.5,,true\r\nd,0.5,0.25,true\r\n');
});

test("nobody's numbers are no text", () => {
  assert.equal(statsCsv([]), "");
});
