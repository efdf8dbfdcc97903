import assert from "node:assert/strict";
import test from "node:test";
import { GivenUp, Patience, Superseded } from "../../src/patience";

const never = new Promise<never>(() => undefined);

test("what comes in time is there", async () => {
  assert.equal(await new Patience(60_000, "Late.").for(Promise.resolve("here")), "here");
  await assert.rejects(new Patience(60_000, "Late.").for(Promise.reject(new Error("broken"))), /broken/);
});

test("what does not come in time is given up", async () => {
  await assert.rejects(new Patience(1, "Late.").for(never), (failure) => {
    assert.ok(failure instanceof GivenUp && !(failure instanceof Superseded));
    return failure.message === "Late.";
  });
});

test("what is not wanted any more is not waited for", async () => {
  const patience = new Patience(60_000, "Late.");
  const waiting = patience.for(never);
  patience.end();
  await assert.rejects(waiting, Superseded);
});
