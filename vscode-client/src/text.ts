// Texts and lines, without an editor: what is decided here can be tested without one.

/** A place in a document: line and UTF-16 column, both from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** A change of a document. */
export interface Change {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly newText: string;
}

/** One line as it is and as it will be. */
export interface LineChange {
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** Where the part that goes begins and ends. */
  readonly start: number;
  readonly end: number;
  /** What comes in its place. */
  readonly text: string;
}

const LINE = /\r\n|\r|\n/;

/** The text with all changes carried out; they speak about the text as it is and do not overlap. */
export function applied(text: string, changes: readonly Change[]): string {
  const starts = lineStarts(text);
  const offset = (place: Place): number =>
    Math.min((starts[place.line] ?? text.length) + place.character, text.length);
  const spans = changes.map((one) => ({
    start: offset(one.range.start),
    end: offset(one.range.end),
    text: one.newText,
  }));
  spans.sort((left, right) => right.start - left.start || right.end - left.end);
  return spans.reduce((rest, one) => rest.slice(0, one.start) + one.text + rest.slice(one.end), text);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(found.index + found[0].length);
  }
  return starts;
}

/** The one line that a change is about; nothing where it is about several, or takes a line away. */
export function lineChange(changes: readonly Change[], lineAt: (line: number) => string): LineChange | undefined {
  const [change, ...more] = changes;
  if (change === undefined || more.length > 0) {
    return undefined;
  }
  const { start, end } = change.range;
  if (start.line !== end.line) {
    return undefined;
  }
  const before = lineAt(start.line);
  const after = before.slice(0, start.character) + change.newText + before.slice(end.character);
  return {
    line: start.line,
    before,
    after,
    start: start.character,
    end: end.character,
    text: change.newText,
  };
}

/** A text as Markdown that reads as the text. */
export function withoutMarkup(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+|!-]/g, "\\$&");
}

/** What stands behind a line until the change is taken: its first line, and a sign for the rest. */
export function shortened(text: string): string {
  const [first = "", ...rest] = text.split(LINE);
  return rest.length > 0 ? `${first} …` : first;
}

/**
 * Whether VS Code shows a line's new text as ghost text at a cursor: nothing of the line may go, and
 * nothing may come before the cursor.
 */
export function fitsGhost(before: string, after: string, column: number): boolean {
  if (before === after || !after.startsWith(before.slice(0, column))) {
    return false;
  }
  let at = column;
  for (const letter of before.slice(column)) {
    const found = after.indexOf(letter, at);
    if (found < 0) {
      return false;
    }
    at = found + letter.length;
  }
  return true;
}
