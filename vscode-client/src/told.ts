// What was checked of the edit in front, in the status bar as long as it is shown.

import * as vscode from "vscode";
import { withoutMarkup } from "./text";

export class Told implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("understudy.told", vscode.StatusBarAlignment.Left);

  constructor() {
    this.item.name = "Understudy: What Was Checked";
    this.item.command = "understudy.why";
  }

  show(told: string): void {
    if (told === "") {
      this.item.hide();
      return;
    }
    // VS Code cuts what is long anywhere. The rest is for the mouse.
    this.item.text = `$(verified) ${firstSentence(told)}`;
    this.item.tooltip = new vscode.MarkdownString(withoutMarkup(told));
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

/** Up to the first full stop that ends a sentence, and never much more than fits. */
export function firstSentence(told: string, longest = 80): string {
  const [first = ""] = told.split(/(?<=\.) /);
  const text = first.replace(/\.$/, "");
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
