// Looking for programs and running them, each with a limit.

import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import * as path from "node:path";

const WINDOWS = process.platform === "win32";

/** What a program that ended left behind. */
export interface Ended {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program without a shell; what can't be started counts as failed. */
export async function run(program: string, args: readonly string[], limitMs: number, cwd?: string): Promise<Ended> {
  return await new Promise((resolve) => {
    execFile(
      program,
      args,
      { timeout: limitMs, maxBuffer: 4 * 1024 * 1024, windowsHide: true, ...(cwd === undefined ? {} : { cwd }) },
      (failure, stdout, stderr) => {
        resolve({ ok: failure === null, stdout, stderr: stderr || (failure?.message ?? "") });
      },
    );
  });
}

/** The programs of these names in the folders of `PATH`, in its order. */
export async function onPath(names: readonly string[], searched = process.env["PATH"] ?? ""): Promise<string[]> {
  // A relative folder would let the workspace decide what is run.
  const folders = searched.split(path.delimiter).filter((one) => path.isAbsolute(one));
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of names) {
      const program = path.join(folder, WINDOWS ? `${name}.exe` : name);
      if (await isProgram(program)) {
        found.push(program);
      }
    }
  }
  return found;
}

export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, WINDOWS ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A program of a virtual environment. */
export function inEnvironment(folder: string, name: string): string {
  return WINDOWS ? path.join(folder, "Scripts", `${name}.exe`) : path.join(folder, "bin", name);
}
