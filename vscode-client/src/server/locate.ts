// Where the server is: the user's choice, the workspace's environment, `PATH`, our own storage.

import * as path from "node:path";
import { inEnvironment, isProgram, onPath, run } from "./programs";

const NAME = "understudy";
const LIMIT_MS = 30_000;
const ENVIRONMENTS = [".venv", "venv"];

/** A server that can be started. */
export interface Found {
  readonly program: string;
  readonly how: "setting" | "workspace" | "path" | "bundled";
}

/** Where to look. */
export interface Places {
  /** The setting `understudy.server.path`. */
  readonly chosen: string | undefined;
  /** The workspace's folders; none where they are not trusted. */
  readonly folders: readonly string[];
  readonly searched?: string;
}

export class NotThere extends Error {}

/**
 * The first server that answers.
 *
 * Gives nothing when there is none; then the bundled one is installed.
 *
 * @throws NotThere when the one that the user named can't be run: another one is not what they want.
 */
export async function locate(places: Places): Promise<Found | undefined> {
  if (places.chosen !== undefined) {
    if (await answers(places.chosen)) {
      return { program: places.chosen, how: "setting" };
    }
    throw new NotThere(`The setting understudy.server.path names ${places.chosen}, which can't be run.`);
  }
  for (const folder of places.folders) {
    for (const name of ENVIRONMENTS) {
      const program = inEnvironment(path.join(folder, name), NAME);
      if ((await isProgram(program)) && (await answers(program))) {
        return { program, how: "workspace" };
      }
    }
  }
  for (const program of await onPath([NAME], places.searched)) {
    if (await answers(program)) {
      return { program, how: "path" };
    }
  }
  return undefined;
}

/** Whether a program is our server: another one may have the same name. */
export async function answers(program: string): Promise<boolean> {
  const ended = await run(program, ["--version"], LIMIT_MS);
  return ended.ok && /^understudy \d+\.\d+/.test(ended.stdout);
}
