// Whether somebody waits for a fix. Who does something else meanwhile keeps the focus.

import * as vscode from "vscode";
import { SCHEME } from "./sides";

/** Others set the cursor too; who types or clicks moves it in one of these ways. */
const BY_HAND: readonly (vscode.TextEditorSelectionChangeKind | undefined)[] = [
  vscode.TextEditorSelectionChangeKind.Keyboard,
  vscode.TextEditorSelectionChangeKind.Mouse,
];

export class Attention implements vscode.Disposable {
  private readonly parts: vscode.Disposable[];
  private waits = false;
  private about = "";

  constructor() {
    this.parts = [
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        this.waits &&= !BY_HAND.includes(kind);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.waits &&= editor === undefined || this.isAbout(editor.document.uri);
      }),
      vscode.window.onDidChangeActiveTerminal(() => {
        this.waits = false;
      }),
    ];
  }

  /** Somebody asks for something just now, about a document. */
  begins(uri = vscode.window.activeTextEditor?.document.uri): void {
    this.waits = true;
    this.about = uri?.toString() ?? "";
  }

  /** Whether they did nothing else since then. */
  get isWaiting(): boolean {
    return this.waits;
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }

  private isAbout(uri: vscode.Uri): boolean {
    return uri.scheme === SCHEME || uri.toString() === this.about;
  }
}
