// The view of runs: a page that is told what to show, and says what was clicked.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Connection } from "./connection";
import { statsCsv } from "./csv";
import type { StatsAnswer } from "./generated/protocol";
import type { StatusBar } from "./status";
import type { FromPage, ToPage } from "./webview/messages";

const VIEW = "understudy.runs";
const MOST = 100;

/** What the page shows: the latest runs, one of them with all about it, or how models do. */
type Shown =
  | { readonly kind: "runs" }
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "models"; readonly days: number | null };

export class RunsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly parts: vscode.Disposable[];
  private page: vscode.WebviewView | undefined;
  private shown: Shown = { kind: "runs" };

  constructor(
    private readonly connection: Connection,
    private readonly status: StatusBar,
    private readonly folder: vscode.Uri,
  ) {
    this.parts = [
      vscode.window.registerWebviewViewProvider(VIEW, this),
      status.onChange(() => {
        void this.refresh();
      }),
      connection.onCondition(() => {
        void this.refresh();
      }),
    ];
  }

  resolveWebviewView(page: vscode.WebviewView): void {
    const dist = vscode.Uri.joinPath(this.folder, "dist");
    page.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    page.webview.onDidReceiveMessage((said: FromPage) => {
      void this.hear(said);
    });
    page.onDidChangeVisibility(() => {
      void this.refresh();
    });
    page.onDidDispose(() => {
      this.page = undefined;
    });
    this.page = page;
    page.webview.html = html(page.webview, vscode.Uri.joinPath(dist, "runs.js"));
  }

  /** Shows a run with everything that hangs on it. */
  async show(runId?: string): Promise<void> {
    this.shown = runId === undefined ? { kind: "runs" } : { kind: "run", runId };
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (this.page?.visible === true) {
      await this.page.webview.postMessage(await this.found());
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }

  private async found(): Promise<ToPage> {
    try {
      switch (this.shown.kind) {
        case "run": {
          const { reports } = await this.connection.request("understudy/run", { runId: this.shown.runId });
          return { kind: "reports", reports };
        }
        case "models": {
          const { days } = this.shown;
          return { kind: "models", stats: await this.stats(days), days };
        }
        case "runs": {
          const { runs } = await this.connection.request("understudy/runs", { limit: MOST });
          return { kind: "runs", runs, work: this.status.now.work };
        }
      }
    } catch (failure) {
      return { kind: "problem", text: failure instanceof Error ? failure.message : String(failure) };
    }
  }

  private async stats(days: number | null): Promise<StatsAnswer> {
    return this.connection.request("understudy/stats", days === null ? {} : { days });
  }

  private async hear(said: FromPage): Promise<void> {
    switch (said.kind) {
      case "cancel":
        await this.connection.execute("understudy.cancel", { runId: said.runId });
        return;
      case "remember":
        await vscode.commands.executeCommand("understudy.rememberRun", { runId: said.runId });
        return;
      case "export":
        await this.openExport(said.form, said.days);
        return;
      case "open":
        this.shown = { kind: "run", runId: said.runId };
        break;
      case "models":
        this.shown = said;
        break;
      case "back":
        this.shown = { kind: "runs" };
        break;
      case "ready":
        break;
    }
    await this.refresh();
  }

  /** Opens the numbers as a new document, to be saved where the user wants. */
  private async openExport(form: "csv" | "json", days: number | null): Promise<void> {
    try {
      const answer = await this.stats(days);
      const content = form === "csv" ? statsCsv(answer.stats) : `${JSON.stringify(answer, null, 2)}\n`;
      const language = form === "csv" ? "plaintext" : "json";
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
    } catch (failure) {
      void vscode.window.showWarningMessage(failure instanceof Error ? failure.message : String(failure));
    }
  }
}

/** A page that loads one script and one style of ours, and nothing else. */
function html(webview: vscode.Webview, script: vscode.Uri): string {
  const nonce = randomBytes(16).toString("hex");
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Runs</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main id="main"></main><script nonce="${nonce}" src="${webview.asWebviewUri(script).toString()}"></script></body>
</html>`;
}

const STYLE = `
body { padding: 0 8px; font: var(--vscode-font-size) var(--vscode-font-family); }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; opacity: .75; position: sticky; top: 0; background: var(--vscode-panel-background); }
th, td { padding: 2px 10px 2px 0; white-space: nowrap; }
.number { text-align: right; }
tbody tr[tabindex] { cursor: pointer; }
tbody tr[tabindex]:hover, tbody tr[tabindex]:focus { background: var(--vscode-list-hoverBackground); outline: none; }
.bad { color: var(--vscode-errorForeground); }
.good { color: var(--vscode-testing-iconPassed); }
.quiet { opacity: .7; }
h2 { font-size: 1.1em; margin: 12px 0 4px; }
ul { margin: 2px 0 6px; padding-left: 18px; }
nav { display: flex; gap: 4px; margin: 4px 0; }
button[aria-pressed="false"], button.plain { color: var(--vscode-foreground); background: transparent; }
button.plain { text-decoration: underline; }
button { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 0; padding: 2px 8px; cursor: pointer; }
`;
