// The argument of a server's command, filled in from what the user looks at.

import type { Members } from "./generated/commands";

/** What the editor can say, each asked for only when a command needs it. */
export interface Source {
  uri(): string | undefined;
  range(): unknown;
  diagnostics(): readonly unknown[];
  editId(): Promise<string | undefined>;
  runId(): Promise<string | undefined>;
  ask(member: string): Promise<string | undefined>;
}

/** Members that a person is asked for, though the server could do without. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "understudy.edit": ["instruction"],
  "understudy.refactor": ["kind"],
  "understudy.tests": ["kind"],
};

/**
 * The argument of a command that was run without one, as from the palette.
 *
 * Gives nothing when a member that must be there can't be had: there is no open document, or the
 * user changed their mind.
 */
export async function argument(
  command: string,
  members: Members,
  source: Source,
): Promise<Record<string, unknown> | undefined> {
  const found: Record<string, unknown> = {};
  for (const [member, required] of Object.entries(members)) {
    const asked = ASKED[command]?.includes(member) ?? false;
    const value = asked ? await source.ask(member) : await given(member, required, source);
    if (value !== undefined) {
      found[member] = value;
    } else if (required || asked) {
      return undefined;
    }
  }
  return found;
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
