import assert from "node:assert/strict";
import test from "node:test";
import { firstSentence } from "../../src/told";

test("the first sentence fits into the status bar", () => {
  assert.equal(firstSentence("ruff: F821 gone. Free, 1 candidate checked, 0.3 s."), "ruff: F821 gone");
  assert.equal(firstSentence("score 0.99 of 1.0"), "score 0.99 of 1.0");
  assert.equal(firstSentence("long ".repeat(40)).length, 80);
});
