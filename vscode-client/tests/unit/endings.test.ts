import assert from "node:assert/strict";
import test from "node:test";
import { CloseAction, ErrorAction } from "vscode-languageclient/node";
import { Endings } from "../../src/endings";

test("a server that ends is started again, and after the fifth time within three minutes no more", () => {
  let now = 0;
  const endings = new Endings(() => true, () => now);
  for (let times = 1; times < 5; times += 1) {
    now += 30_000;
    assert.equal(endings.closed().action, CloseAction.Restart);
    assert.equal(endings.why, "");
  }
  now += 30_000;
  assert.equal(endings.closed().action, CloseAction.DoNotRestart);
  assert.match(endings.why, /ended 5 times within three minutes/);
});

test("a server that ends now and then is always started again", () => {
  let now = 0;
  const endings = new Endings(() => true, () => now);
  for (let times = 0; times < 50; times += 1) {
    now += 60_000;
    assert.equal(endings.closed().action, CloseAction.Restart);
  }
});

test("a server that can't even start is not tried again", () => {
  const endings = new Endings(() => false);
  assert.equal(endings.closed().action, CloseAction.DoNotRestart);
  assert.match(endings.why, /while it started/);
});

test("a server that can't be talked to is given up", () => {
  const endings = new Endings(() => true);
  assert.equal(endings.error(new Error("broken"), undefined, 3).action, ErrorAction.Continue);
  assert.equal(endings.why, "");
  assert.equal(endings.error(new Error("broken"), undefined, 4).action, ErrorAction.Shutdown);
  assert.match(endings.why, /can't be talked to/);
});

test("a server that ends while something is written to it is started again", () => {
  const endings = new Endings(() => true);
  const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  for (const count of [undefined, 1, 9]) {
    assert.equal(endings.error(broken, undefined, count).action, ErrorAction.Continue);
  }
  assert.equal(endings.why, "");
  assert.equal(endings.closed().action, CloseAction.Restart);
});
