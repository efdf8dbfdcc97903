import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import test from "node:test";
import type { LogOutputChannel } from "vscode";
import { Client } from "../../src/client";
import { Endings } from "../../src/endings";
import { GivenUp, Superseded } from "../../src/patience";
import { folder, ONLY_POSIX, script } from "./programs";

const ignored = (): void => undefined;
const QUIET = { info: ignored, warn: ignored, error: ignored, debug: ignored, trace: ignored } as unknown as LogOutputChannel;

/** A server that reads, and never says a word. */
async function silent(limitMs: number): Promise<{ client: Client; endings: Endings; isThere: () => Promise<boolean> }> {
  const place = await folder();
  const mark = path.join(place, "pid");
  const command = await script(path.join(place, "understudy"), `echo $$ >'${mark}'\ncat >/dev/null`);
  const endings = new Endings(() => false);
  const client = new Client({ command, folder: place, limitMs }, endings, { outputChannel: QUIET });
  const isThere = async (): Promise<boolean> => {
    const pid = Number(await readFile(mark, "utf8").catch(() => "0"));
    try {
      return pid > 0 && process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  return { client, endings, isThere };
}

test("a server that says nothing is given up, and its process is gone", ONLY_POSIX, async () => {
  const { client, endings, isThere } = await silent(1_000);
  await assert.rejects(client.start(), (failure) => failure instanceof GivenUp && !(failure instanceof Superseded));
  assert.match(endings.why, /said nothing for 1 seconds? after its start/);
  assert.equal(await isThere(), false);
});

test("a server that is left while it starts is not waited for", ONLY_POSIX, async () => {
  const { client, isThere } = await silent(60_000);
  const starting = assert.rejects(client.start(), Superseded);
  while (!(await isThere())) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await client.leave();
  await starting;
  assert.equal(await isThere(), false);
});
