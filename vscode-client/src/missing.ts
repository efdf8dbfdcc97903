// Something that a command is about is not there. This is told, and is nobody's fault.

export class Missing extends Error {}

const NO_FIX = "no fix waits here.";

/** What is said in place of a member that can't be had. */
const WORDS: Readonly<Record<string, string>> = {
  uri: "open a file first.",
  range: "open a file first.",
  editId: NO_FIX,
  runId: "nothing has been run yet.",
};

/** Nothing for members that a person is asked for. */
export function missing(member: string): Missing | undefined {
  const words = WORDS[member];
  return words === undefined ? undefined : new Missing(words);
}

export function noFix(): Missing {
  return new Missing(NO_FIX);
}
