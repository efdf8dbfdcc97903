// The server that comes with the extension: a wheel, put into an environment in our own storage.

import { mkdir, open, readdir, rm, stat, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { inEnvironment, isProgram, run } from "./programs";

const MAKE_MS = 120_000;
const FILL_MS = 600_000;
const WAIT_MS = 500;
/** A lock that is older belongs to a window that was closed in the middle. */
const STALE_MS = FILL_MS + MAKE_MS;

/** What an installation needs. */
export interface Plan {
  /** The folder of the extension that holds the wheel. */
  readonly bundled: string;
  /** A folder of our own, kept between sessions. */
  readonly storage: string;
  readonly python: () => Promise<string | undefined>;
  readonly report: (step: string) => void;
  readonly isCancelled: () => boolean;
}

export class NoPython extends Error {}
export class Cancelled extends Error {}

/** Where the bundled server would be, and whether it is there. */
export async function installed(bundled: string, storage: string): Promise<string | undefined> {
  const folder = path.join(storage, await wheelName(bundled));
  const program = inEnvironment(folder, "understudy");
  return (await isThere(mark(folder))) && (await isProgram(program)) ? program : undefined;
}

/**
 * Installs the bundled server, unless another window just did.
 *
 * @throws NoPython when no interpreter is new enough.
 * @throws Cancelled when the user pressed Cancel.
 * @throws Error with what the tool said, when making or filling the environment fails.
 */
export async function install(plan: Plan): Promise<string> {
  const wheel = await wheelName(plan.bundled);
  await mkdir(plan.storage, { recursive: true });
  const lock = path.join(plan.storage, `${wheel}.lock`);
  await take(lock, plan);
  try {
    const there = await installed(plan.bundled, plan.storage);
    return there ?? (await make(path.join(plan.storage, wheel), path.join(plan.bundled, wheel), plan));
  } finally {
    await rm(lock, { force: true });
  }
}

async function make(folder: string, wheel: string, plan: Plan): Promise<string> {
  const python = await plan.python();
  if (python === undefined) {
    throw new NoPython("Understudy needs Python 3.11 or newer, and none was found.");
  }
  await rm(folder, { recursive: true, force: true });
  plan.report("Making an environment…");
  await must(run(python, ["-I", "-m", "venv", folder], MAKE_MS, plan.storage), "making an environment", plan);
  plan.report("Installing the server…");
  const pip = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", wheel];
  const own = inEnvironment(folder, "python");
  await must(run(own, pip, FILL_MS, plan.storage), "installing the server", plan);
  await writeFile(mark(folder), "", "utf8");
  await removeOthers(folder);
  return inEnvironment(folder, "understudy");
}

async function must(ending: ReturnType<typeof run>, what: string, plan: Plan): Promise<void> {
  const ended = await ending;
  if (plan.isCancelled()) {
    throw new Cancelled("The installation was cancelled.");
  }
  if (!ended.ok) {
    const told = (ended.stderr.trim() || ended.stdout.trim()).split("\n").slice(-12).join("\n");
    throw new Error(`Something went wrong in ${what}: ${told}`);
  }
}

async function take(lock: string, plan: Plan): Promise<void> {
  for (;;) {
    try {
      await (await open(lock, "wx")).close();
      return;
    } catch (failure) {
      if (!isCode(failure, "EEXIST")) {
        throw failure;
      }
    }
    if (plan.isCancelled()) {
      throw new Cancelled("The installation was cancelled.");
    }
    if (await isStale(lock)) {
      await rm(lock, { force: true });
    } else {
      plan.report("Another window is installing the server…");
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

async function isStale(lock: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(lock)).mtimeMs > STALE_MS;
  } catch {
    return false;
  }
}

async function removeOthers(folder: string): Promise<void> {
  const storage = path.dirname(folder);
  for (const name of await readdir(storage)) {
    if (name.endsWith(".whl") && name !== path.basename(folder)) {
      await rm(path.join(storage, name), { recursive: true, force: true });
    }
  }
}

async function wheelName(bundled: string): Promise<string> {
  const names = (await isThere(bundled)) ? await readdir(bundled) : [];
  const wheel = names.find((name) => name.endsWith(".whl"));
  if (wheel === undefined) {
    throw new Error("This build of the extension holds no server. Set understudy.server.path.");
  }
  return wheel;
}

function mark(folder: string): string {
  return path.join(folder, ".complete");
}

async function isThere(place: string): Promise<boolean> {
  try {
    await stat(place);
    return true;
  } catch {
    return false;
  }
}

function isCode(failure: unknown, code: string): boolean {
  return failure instanceof Error && "code" in failure && failure.code === code;
}
