import assert from "node:assert/strict";
import test from "node:test";
import { itemText, money, tooltip } from "../../src/status";

const idle = { work: [], model: "acme/large", spentTodayUsd: 0, perDayUsd: 5 };
const busy = { ...idle, work: [{ runId: "R", title: "Fixing `a_b.py`:3", uri: "", asked: true }], spentTodayUsd: 0.0123 };

test("the item tells who is asked, whether something goes on, and what it cost", () => {
  assert.equal(itemText({ kind: "running" }, idle), "$(verified) acme/large");
  assert.equal(itemText({ kind: "running" }, busy), "$(loading~spin) acme/large · $0.0123");
  const ahead = { ...idle, work: busy.work.map((one) => ({ ...one, asked: false })) };
  assert.equal(itemText({ kind: "running" }, ahead), "$(sparkle) acme/large");
  assert.equal(itemText({ kind: "starting" }, idle), "$(loading~spin) Understudy");
  assert.equal(itemText({ kind: "failed", why: "No Python.", isMissing: true }, idle), "$(warning) Understudy");
});

test("titles are no Markdown", () => {
  assert.match(tooltip({ kind: "running" }, busy), /^- Fixing \\`a\\_b\.py\\`:3\n\nSpent today: \$0\.0123 of \$5\.00\.$/);
  assert.equal(tooltip({ kind: "failed", why: "No Python.", isMissing: true }, idle), "No Python.");
  assert.equal(tooltip({ kind: "starting" }, idle), "The server is starting.");
});

test("small amounts have more places", () => {
  assert.deepEqual([0, 0.0004, 0.5, 12].map(money), ["$0.00", "$0.0004", "$0.50", "$12.00"]);
});
