import assert from "node:assert/strict";
import test from "node:test";
import { page } from "../../src/words";
import type { Explanation } from "../../src/generated/protocol";

const told: Explanation = {
  runId: "R",
  task: "explain",
  place: "a_b.py, line 5",
  state: "writing",
  text: "It sums.",
  model: "acme/small",
  note: "",
};

test("what is being written says who writes it", () => {
  assert.equal(page(told), "## Explanation: a\\_b.py, line 5\n\n*acme/small writes…*\n\n---\n\nIt sums.\n");
});

test("what is finished says what it cost, and names are no markup", () => {
  const text = page({ ...told, state: "finished", note: "acme/small explained `a_b.py`. Free." });
  assert.match(text, /It sums\.\n\n---\n\n\*acme\/small explained \\`a\\_b\.py\\`\. Free\.\*\n$/);
});

test("a review without findings says so", () => {
  const text = page({ ...told, task: "review", state: "finished", text: "" });
  assert.match(text, /^## Review: [^]*Nothing was found\./);
});

test("nothing is left of what was withdrawn", () => {
  const text = page({ ...told, state: "withdrawn", text: "", note: "Withdrawn: it did not finish." });
  assert.equal(text, "## Explanation: a\\_b.py, line 5\n\n*Withdrawn: it did not finish.*\n");
});
