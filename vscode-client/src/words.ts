// Explanations and reviews beside the code, in a preview that grows while a model writes.

import * as path from "node:path";
import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { Explanation } from "./generated/protocol";
import { withoutMarkup } from "./text";

const SCHEME = "understudy-words";
/** VS Code's own preview of Markdown, as the editor of a document. */
const PREVIEW = "vscode.markdown.preview.editor";
/** Texts that are kept, so that a tab that was closed can be opened again. */
const MOST = 20;

const TITLES = { explain: "Explanation", review: "Review" } as const;

export class Words implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly moved = new vscode.EventEmitter<vscode.Uri>();
  private readonly told = new Map<string, Explanation>();
  private readonly provider: vscode.Disposable;
  readonly onDidChange = this.moved.event;

  constructor(connection: Connection) {
    connection.on("understudy/explanation", (told) => {
      void this.hear(told);
    });
    this.provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const told = this.told.get(runOf(uri));
    return told === undefined ? "" : page(told);
  }

  dispose(): void {
    this.provider.dispose();
    this.moved.dispose();
  }

  private async hear(told: Explanation): Promise<void> {
    const isKnown = this.told.has(told.runId);
    if (!isKnown && told.text === "" && told.state !== "finished") {
      // There is nothing to look at; why it failed is told by a message.
      return;
    }
    this.told.set(told.runId, told);
    const uri = placeOf(told);
    if (isKnown) {
      this.moved.fire(uri);
      return;
    }
    const [oldest] = this.told.keys();
    if (this.told.size > MOST && oldest !== undefined) {
      this.told.delete(oldest);
    }
    await open(uri);
  }
}

/** What stands in the preview. Everything but the server's own harmless text is without markup. */
export function page({ task, place, state, text, model, note }: Explanation): string {
  const head = `## ${TITLES[task]}: ${withoutMarkup(place)}\n\n`;
  const writes = model === "" ? "" : `*${withoutMarkup(model)} writes…*\n\n`;
  switch (state) {
    case "writing":
      return `${head}${writes}---\n\n${text}\n`;
    case "finished":
      return `${head}${text === "" ? "Nothing was found." : text}\n\n---\n\n*${withoutMarkup(note)}*\n`;
    case "withdrawn":
    case "failed":
      return `${head}*${withoutMarkup(note)}*\n`;
  }
}

async function open(uri: vscode.Uri): Promise<void> {
  const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true };
  try {
    await vscode.commands.executeCommand("vscode.openWith", uri, PREVIEW, where);
  } catch {
    // Somebody switched off VS Code's own support of Markdown.
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "markdown"), where);
  }
}

/** Its last part is what the tab is called. */
function placeOf({ runId, task, place }: Explanation): vscode.Uri {
  const name = `${TITLES[task]} of ${path.posix.basename(place)}`;
  return vscode.Uri.from({ scheme: SCHEME, path: `/${runId}/${name}` });
}

function runOf(uri: vscode.Uri): string {
  const [, runId = ""] = uri.path.split("/");
  return runId;
}
