// The text that commands are about: the one in front, or the one behind what is no text.

import * as vscode from "vscode";

/** What can be in front and is no text of the user's: the log is one of these. */
const OUTPUT = "output";

export class Front implements vscode.Disposable {
  private readonly listening: vscode.Disposable;
  private last = textInFront()?.document.uri;

  constructor() {
    this.listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (isText(editor)) {
        this.last = editor.document.uri;
      }
    });
  }

  /**
   * The editor of the text in front. Where a walkthrough, settings or the like are, the last one that
   * was in front comes back, or the only one that there is.
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
    const last = texts.find(({ uri }) => uri.toString() === this.last?.toString());
    const found = last ?? (texts.length === 1 ? texts[0] : undefined);
    return found === undefined ? undefined : await vscode.window.showTextDocument(found.uri, found);
  }
}

function textInFront(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return isText(editor) ? editor : undefined;
}

function isText(editor: vscode.TextEditor | undefined): editor is vscode.TextEditor {
  return editor !== undefined && editor.document.uri.scheme !== OUTPUT;
}
