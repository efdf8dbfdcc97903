// Programs that tests write: scripts that say and note something.

import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** An empty folder. */
export async function folder(): Promise<string> {
  return await mkdtemp(path.join(tmpdir(), "understudy-test-"));
}

/** A program of POSIX's shell. */
export async function script(place: string, text: string): Promise<string> {
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, `#!/bin/sh\n${text}\n`, "utf8");
  await chmod(place, 0o755);
  return place;
}

export const ONLY_POSIX = { skip: process.platform === "win32" ? "Only on POSIX are programs scripts." : false };
