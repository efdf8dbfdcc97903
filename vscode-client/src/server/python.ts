// A Python that is new enough to run the server.

import { onPath, run } from "./programs";

const NAMES = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"];
const OLDEST: Version = [3, 11];
const LIMIT_MS = 10_000;
/** `-I`: nothing of the folder that we happen to be in has a hand in it. */
const ASK = ["-I", "-c", "import sys; print(*sys.version_info[:2])"];

export type Version = readonly [number, number];

/** The interpreter that the user chose, or the first of `PATH` that is new enough. */
export async function findPython(chosen: string | undefined, searched?: string): Promise<string | undefined> {
  if (chosen !== undefined) {
    return (await isNewEnough(chosen)) ? chosen : undefined;
  }
  const found = await onPath(NAMES, searched);
  found.sort((left, right) => rank(left) - rank(right));
  for (const one of found) {
    if (await isNewEnough(one)) {
      return one;
    }
  }
  return undefined;
}

function rank(program: string): number {
  return NAMES.findIndex((name) => program.replace(/\.exe$/, "").endsWith(name));
}

async function isNewEnough(program: string): Promise<boolean> {
  const version = readVersion((await run(program, ASK, LIMIT_MS)).stdout);
  return version !== undefined && !isOlder(version, OLDEST);
}

/** `3 12` as a version. */
export function readVersion(text: string): Version | undefined {
  const found = /^(\d+) (\d+)\s*$/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

function isOlder(left: Version, right: Version): boolean {
  return left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
}
