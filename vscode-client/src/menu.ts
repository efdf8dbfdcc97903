// What the status bar item opens.

import * as vscode from "vscode";
import type { Condition, Connection } from "./connection";
import type { StatusBar } from "./status";

interface Entry extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: unknown;
}

/** Shows what can be done now, and does what is picked. */
export async function showMenu(parts: { readonly connection: Connection; readonly status: StatusBar }): Promise<void> {
  const { condition } = parts.connection;
  const isRunning = condition.kind === "running";
  const entries = isRunning ? running(parts.status) : stopped(condition);
  const title = condition.kind === "failed" ? condition.why : "Understudy";
  const picked = await vscode.window.showQuickPick([...entries, ...ALWAYS], { title });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command, picked.argument);
  }
}

function running(status: StatusBar): Entry[] {
  const work = status.now.work.map((one) => ({
    label: `$(stop-circle) Cancel: ${one.title}`,
    command: "understudy.cancel",
    argument: { runId: one.runId },
  }));
  return [
    ...work,
    { label: "$(wand) Fix This File", command: "understudy.fixFile" },
    { label: "$(edit) Change the Selected Code…", command: "understudy.edit" },
    { label: "$(history) Show Runs", command: "understudy.showRuns" },
    { label: "$(mortar-board) Review Lessons of Failures", command: "understudy.reviewLesson" },
    { label: "$(list-ordered) Who Is Asked?", command: "understudy.routeExplain" },
    { label: "$(key) Set or Remove an API Key", command: "understudy.setKey" },
    { label: "$(shield) Consent: Who May See This Folder's Code?", command: "understudy.consent" },
    { label: "$(pulse) What Is There, What Is Missing?", command: "understudy.doctor" },
  ];
}

function stopped(condition: Condition): Entry[] {
  const isMissing = condition.kind === "failed" && condition.isMissing;
  return isMissing ? [{ label: "$(cloud-download) Install Server", command: "understudy.install" }] : [];
}

const ALWAYS: Entry[] = [
  { label: "$(debug-restart) Restart Server", command: "understudy.restart" },
  { label: "$(output) Show Log", command: "understudy.showLog" },
];
