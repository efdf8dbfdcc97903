// The text that commands are about: the one in front, or the one behind what is no text.

import * as vscode from "vscode";
import type { ReadyEdits } from "./ready";
import { aboutOf, parsed, SCHEME } from "./sides";

/** What can be in front and is no text of the user's: the log is one of these, a preview another. */
const NO_TEXTS: readonly string[] = ["output", SCHEME];

export class Front implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private last = textInFront()?.document.uri;

  constructor(private readonly ready: ReadyEdits) {
    this.listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (isText(editor)) {
        this.last = editor.document.uri;
      }
    });
  }

  /**
   * The editor of the text in front. Where a preview is, the text that it is about comes back; where a
   * walkthrough, settings or the like are, the last one that was in front, or the only one that there is.
   */
  async editor(): Promise<vscode.TextEditor | undefined> {
    return textInFront() ?? (await this.behind());
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async behind(): Promise<vscode.TextEditor | undefined> {
    const texts = vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
      tabs.flatMap(({ input, isPreview }) =>
        input instanceof vscode.TabInputText ? [{ uri: input.uri, viewColumn, preview: isPreview }] : [],
      ),
    );
    const previewed = this.previewed();
    const wanted = (previewed ?? this.last)?.toString();
    const found = texts.find(({ uri }) => uri.toString() === wanted);
    if (found === undefined && previewed !== undefined) {
      return await vscode.window.showTextDocument(previewed);
    }
    const shown = found ?? (texts.length === 1 ? texts[0] : undefined);
    return shown === undefined ? undefined : await vscode.window.showTextDocument(shown.uri, shown);
  }

  /** What the preview in front is about. */
  private previewed(): vscode.Uri | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== SCHEME) {
      return undefined;
    }
    const waiting = this.ready.find(parsed(uri).editId);
    return waiting === undefined ? undefined : aboutOf(uri, waiting);
  }
}

function textInFront(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return isText(editor) ? editor : undefined;
}

function isText(editor: vscode.TextEditor | undefined): editor is vscode.TextEditor {
  return editor !== undefined && !NO_TEXTS.includes(editor.document.uri.scheme);
}
