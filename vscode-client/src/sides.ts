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
  if (changes.length === 1 && first !== undefined) {
    await vscode.commands.executeCommand("vscode.diff", first[1], first[2], title, { preview: true });
  } else {
    await vscode.commands.executeCommand("vscode.changes", title, changes);
  }
}

type Side = [vscode.Uri, vscode.Uri, vscode.Uri];

/** For each file: what it is called, what it was and what it will be. */
function sides(uri: vscode.Uri, edit: ReadyEdit): Side[] {
  const own: Side[] = edit.textEdits.length > 0 ? [[uri, uri, after(uri, edit.editId)]] : [];
  const others = edit.files.map((file, number): Side => {
    const at = vscode.Uri.parse(file.newUri ?? file.uri);
    return [at, part(at, edit.editId, `${number}-before`), part(at, edit.editId, `${number}-after`)];
  });
  return [...own, ...others];
}

export function after(uri: vscode.Uri, editId: string): vscode.Uri {
  return part(uri, editId, "after");
}

function part(uri: vscode.Uri, editId: string, which: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${editId}/${which}/${nameOf(uri)}` });
}

export function parsed(uri: vscode.Uri): { readonly editId: string; readonly part: string } {
  const [, editId = "", which = ""] = uri.path.split("/");
  return { editId, part: which };
}

export function editIdOf(uri: vscode.Uri): string | undefined {
  return uri.scheme === SCHEME ? parsed(uri).editId : undefined;
}

export function tabEdit(tab: vscode.Tab): string | undefined {
  return tab.input instanceof vscode.TabInputTextDiff ? editIdOf(tab.input.modified) : undefined;
}

function nameOf(uri: vscode.Uri): string {
  return path.posix.basename(uri.path) || "untitled";
}

function shortTitle(edit: ReadyEdit): string {
  return edit.title.replace(/^Understudy: /, "");
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
}
