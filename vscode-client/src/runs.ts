// The view of runs: a page that is told what to show, and says what was clicked.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { StatusBar } from "./status";
import type { FromPage, ToPage } from "./webview/messages";

const VIEW = "understudy.runs";
const MOST = 100;

export class RunsView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly parts: vscode.Disposable[];
  private page: vscode.WebviewView | undefined;
  private open: string | undefined;

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
    this.open = runId;
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
      if (this.open !== undefined) {
        const { reports } = await this.connection.request("understudy/run", { runId: this.open });
        return { kind: "reports", reports };
      }
      const { runs } = await this.connection.request("understudy/runs", { limit: MOST });
      return { kind: "runs", runs, work: this.status.now.work };
    } catch (failure) {
      return { kind: "problem", text: failure instanceof Error ? failure.message : String(failure) };
    }
  }

  private async hear(said: FromPage): Promise<void> {
    switch (said.kind) {
      case "cancel":
        await this.connection.execute("understudy.cancel", { runId: said.runId });
        return;
      case "open":
        this.open = said.runId;
        break;
      case "back":
        this.open = undefined;
        break;
      case "ready":
        break;
    }
    await this.refresh();
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
button { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 0; padding: 2px 8px; cursor: pointer; }
`;
