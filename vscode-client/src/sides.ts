// The texts that a preview shows: what is open, and documents of ours with what will become of it.

import * as path from "node:path";
import * as vscode from "vscode";
import type { ReadyEdit } from "./generated/protocol";

export const SCHEME = "understudy";

/** The text as it will be is coloured as the document is, whose name need not tell its language. */
export async function speakAlike(uri: vscode.Uri, { editId, textEdits }: ReadyEdit): Promise<void> {
  const languageId = openDocument(uri)?.languageId;
  if (languageId === undefined || textEdits.length === 0) {
    return;
  }
  const shown = await vscode.workspace.openTextDocument(after(uri, editId));
  if (shown.languageId !== languageId) {
    await vscode.languages.setTextDocumentLanguage(shown, languageId);
  }
}

/** Opens an editor with the document and what will become of it, or with all files that change. */
export async function openSides(uri: vscode.Uri, edit: ReadyEdit): Promise<void> {
  const title = `${nameOf(uri)}: ${shortTitle(edit)}`;
  const changes = sides(uri, edit);
  const [first] = changes;
  if (changes.length === 1 && first?.[1] !== undefined && first[2] !== undefined) {
    await vscode.commands.executeCommand("vscode.diff", first[1], first[2], title, { preview: true });
  } else {
    await vscode.commands.executeCommand("vscode.changes", title, changes);
  }
}

type Side = [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined];

/**
 * For each file: what it is called, what it was and what it will be; nothing before it is made, and
 * nothing after it is deleted. At least one of them is ours, by which the editor is told from others.
 */
export function sides(uri: vscode.Uri, edit: ReadyEdit): Side[] {
  const own: Side[] = edit.textEdits.length > 0 ? [[uri, uri, after(uri, edit.editId)]] : [];
  const others = edit.files.map((file, number): Side => {
    const old = vscode.Uri.parse(file.uri);
    const at = vscode.Uri.parse(file.newUri ?? file.uri);
    return [
      at,
      file.before === null ? undefined : part(old, edit.editId, `${number}-before`),
      file.after === null ? undefined : part(at, edit.editId, `${number}-after`),
    ];
  });
  return [...own, ...others];
}

export function after(uri: vscode.Uri, editId: string): vscode.Uri {
  return part(uri, editId, "after");
}

/** Its path is the file's own: editors show it, and call two sides with different ones a move. */
function part(uri: vscode.Uri, editId: string, which: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: uri.path, query: `${editId}/${which}` });
}

export function parsed(uri: vscode.Uri): { readonly editId: string; readonly part: string } {
  const [editId = "", which = ""] = uri.query.split("/");
  return { editId, part: which };
}

function editIdOf(uri: vscode.Uri | undefined): string | undefined {
  return uri?.scheme === SCHEME ? parsed(uri).editId : undefined;
}

/** The document that a text of a preview is about; the one that the edit is of where there is none yet. */
export function aboutOf(shown: vscode.Uri, { uri, edit }: { readonly uri: vscode.Uri; readonly edit: ReadyEdit }): vscode.Uri {
  const file = edit.files[Number.parseInt(parsed(shown).part, 10)];
  return file === undefined || file.before === null ? uri : vscode.Uri.parse(file.uri);
}

/** The edit whose preview is in front. */
export function editInFront(): string | undefined {
  return editOf(vscode.window.tabGroups.activeTabGroup);
}

/** The edit whose preview is seen beside what is in front. */
export function editBeside(): string | undefined {
  return vscode.window.tabGroups.all.map(editOf).find((one) => one !== undefined);
}

function editOf({ activeTab }: vscode.TabGroup): string | undefined {
  return activeTab === undefined ? undefined : tabEdit(activeTab);
}

/** The edit that a tab shows. */
export function tabEdit({ input }: Pick<vscode.Tab, "input">): string | undefined {
  if (input instanceof vscode.TabInputTextDiff) {
    return editIdOf(input.modified);
  }
  const ids = textDiffs(input).flatMap(({ original, modified }) => [editIdOf(modified), editIdOf(original)]);
  return ids.find((one) => one !== undefined);
}

/** Whether a tab shows several files. */
export function hasSeveral({ input }: Pick<vscode.Tab, "input">): boolean {
  return textDiffs(input).length > 0;
}

interface TextDiff {
  readonly original?: vscode.Uri;
  readonly modified?: vscode.Uri;
}

/** The texts of an editor of several files. VS Code tells them, though its typings do not know it. */
function textDiffs(input: unknown): readonly TextDiff[] {
  const isSuch = typeof input === "object" && input !== null && "textDiffs" in input && Array.isArray(input.textDiffs);
  return isSuch ? (input.textDiffs as readonly TextDiff[]) : [];
}

export function nameOf(uri: vscode.Uri): string {
  return path.posix.basename(uri.path) || "untitled";
}

export function shortTitle(edit: ReadyEdit): string {
  return edit.title.replace(/^Understudy: /, "");
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
}
