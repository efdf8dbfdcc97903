// The argument of a server's command, filled in from what the user looks at.

import type { Members } from "./generated/commands";
import { missing } from "./missing";

/** What the editor can say, each asked for only when a command needs it. */
export interface Source {
  uri(): string | undefined;
  range(): unknown;
  diagnostics(): readonly unknown[];
  editId(): Promise<string | undefined>;
  runId(): Promise<string | undefined>;
  /** What a person says: an empty text for nothing, and nothing when they changed their mind. */
  ask(member: string): Promise<string | undefined>;
}

/** Members that a person is asked for, though the server could do without. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "understudy.edit": ["instruction"],
  "understudy.refactor": ["kind"],
  "understudy.tests": ["kind"],
};

/** Members that a person is asked for and may leave empty, also where the rest is known. */
const WELCOME: Readonly<Record<string, readonly string[]>> = {
  "understudy.rememberRun": ["words"],
};

/** Whether a person is still to be asked something before a command is run with what is known. */
export function asksMore(command: string, known: object): boolean {
  return WELCOME[command]?.some((member) => !(member in known)) ?? false;
}

/**
 * The argument of a command that was run without one, as from the palette, or with a part of it.
 *
 * Gives nothing when the user changed their mind.
 *
 * @throws Missing when a member that must be there can't be had, such as an open document.
 */
export async function argument(
  command: string,
  members: Members,
  source: Source,
  known: object = {},
): Promise<Record<string, unknown> | undefined> {
  const found: Record<string, unknown> = { ...known };
  for (const [member, required] of Object.entries(members)) {
    const value = member in known ? found[member] : await valueOf(command, member, required, source);
    if (value === null) {
      return undefined;
    }
    if (value !== undefined) {
      found[member] = value;
    }
  }
  return found;
}

/** Nothing for a member that is left out, and null where the user changed their mind. */
async function valueOf(command: string, member: string, required: boolean, source: Source): Promise<unknown> {
  if (holds(WELCOME, command, member)) {
    const said = await source.ask(member);
    return said === "" ? undefined : (said ?? null);
  }
  if (holds(ASKED, command, member)) {
    const said = await source.ask(member);
    return said === undefined || said === "" ? null : said;
  }
  const value = await given(member, required, source);
  if (value !== undefined && value !== "") {
    return value;
  }
  return required ? orMissing(member) : undefined;
}

/** Null for a member that somebody was asked for. */
function orMissing(member: string): null {
  const why = missing(member);
  if (why !== undefined) {
    throw why;
  }
  return null;
}

function holds(named: typeof ASKED, command: string, member: string): boolean {
  return named[command]?.includes(member) ?? false;
}

async function given(member: string, required: boolean, source: Source): Promise<unknown> {
  switch (member) {
    case "uri":
      return source.uri();
    case "range":
      return source.range();
    case "diagnostics": {
      const here = source.diagnostics();
      return here.length > 0 ? here : undefined;
    }
    case "editId":
      return await source.editId();
    case "runId":
      return required ? await source.runId() : undefined;
    default:
      return required ? await source.ask(member) : undefined;
  }
}
