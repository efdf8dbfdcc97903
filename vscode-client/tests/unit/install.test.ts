import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import test from "node:test";
import { Cancelled, install, installed, NoPython, type Plan } from "../../src/server/install";
import { folder, ONLY_POSIX, script } from "./programs";

const WHEEL = "understudy-1.0-py3-none-any.whl";

/** A Python whose environments hold a `pip` that installs a server, or fails. */
const PYTHON = `
if [ "$3" = venv ]; then
  mkdir -p "$4/bin"
  cp "$0" "$4/bin/python"
else
  echo "$@" >> "$(dirname "$0")/../asked"
  [ ! -e "$(dirname "$0")/../../fail" ] || { echo "no network" >&2; exit 1; }
  printf '#!/bin/sh\\n' > "$(dirname "$0")/understudy"
  chmod +x "$(dirname "$0")/understudy"
fi`;

interface Trial extends Plan {
  readonly steps: string[];
}

async function trial(more: Partial<Plan> = {}): Promise<Trial> {
  const place = await folder();
  const bundled = path.join(place, "bundled");
  await mkdir(bundled);
  await writeFile(path.join(bundled, WHEEL), "");
  const python = await script(path.join(place, "python3"), PYTHON);
  const steps: string[] = [];
  return {
    bundled,
    storage: path.join(place, "storage"),
    python: () => Promise.resolve(python),
    report: (step) => steps.push(step),
    isCancelled: () => false,
    steps,
    ...more,
  };
}

test("the wheel is put into an environment of its own, once", ONLY_POSIX, async () => {
  const plan = await trial();
  assert.equal(await installed(plan.bundled, plan.storage), undefined);
  const program = await install(plan);
  assert.equal(program, path.join(plan.storage, WHEEL, "bin/understudy"));
  assert.equal(await installed(plan.bundled, plan.storage), program);
  assert.equal(await install(plan), program);
  const asked = await readFile(path.join(plan.storage, WHEEL, "asked"), "utf8");
  assert.equal(asked.trim().split("\n").length, 1);
  assert.ok(asked.includes(path.join(plan.bundled, WHEEL)));
  assert.deepEqual(plan.steps, ["Making an environment…", "Installing the server…"]);
});

test("an older server makes way, and no lock is left", ONLY_POSIX, async () => {
  const plan = await trial();
  await mkdir(path.join(plan.storage, "understudy-0.9-py3-none-any.whl"), { recursive: true });
  await install(plan);
  assert.deepEqual(await readdir(plan.storage), [WHEEL]);
});

test("two windows at once install it once", ONLY_POSIX, async () => {
  const plan = await trial();
  const [first, second] = await Promise.all([install(plan), install(plan)]);
  assert.equal(first, second);
  const asked = await readFile(path.join(plan.storage, WHEEL, "asked"), "utf8");
  assert.equal(asked.trim().split("\n").length, 1);
});

test("what the tool said is told, and the next try begins anew", ONLY_POSIX, async () => {
  const plan = await trial();
  await mkdir(plan.storage, { recursive: true });
  await writeFile(path.join(plan.storage, "fail"), "");
  await assert.rejects(install(plan), /installing the server: no network/);
  assert.equal(await installed(plan.bundled, plan.storage), undefined);
  const { rm } = await import("node:fs/promises");
  await rm(path.join(plan.storage, "fail"));
  assert.ok(await install(plan));
});

test("without Python nothing is made", async () => {
  const plan = await trial({ python: () => Promise.resolve(undefined) });
  await assert.rejects(install(plan), NoPython);
  assert.deepEqual(await readdir(plan.storage), []);
});

test("a cancelled installation is none", ONLY_POSIX, async () => {
  const plan = await trial({ isCancelled: () => true });
  await assert.rejects(install(plan), Cancelled);
  assert.equal(await installed(plan.bundled, plan.storage), undefined);
});
