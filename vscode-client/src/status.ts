// The status bar item: who is asked, what is under way, what today cost.

import * as vscode from "vscode";
import type { Condition, Connection } from "./connection";
import type { Status } from "./generated/protocol";
import { withoutMarkup } from "./text";

const IDLE: Status = { work: [], model: "", spentTodayUsd: 0, perDayUsd: null };

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("understudy", vscode.StatusBarAlignment.Right, 90);
  private readonly changed = new vscode.EventEmitter<Status>();
  private status = IDLE;
  readonly onChange = this.changed.event;

  constructor(private readonly connection: Connection) {
    this.item.name = "Understudy";
    this.item.command = "understudy.menu";
    connection.on("understudy/status", (status) => {
      this.status = status;
      this.changed.fire(status);
      this.show();
    });
    connection.onCondition((condition) => {
      if (condition.kind !== "running") {
        this.status = IDLE;
        this.changed.fire(IDLE);
      }
      void vscode.commands.executeCommand("setContext", "understudy.running", condition.kind === "running");
      this.show();
    });
    this.show();
    this.item.show();
  }

  get now(): Status {
    return this.status;
  }

  dispose(): void {
    this.item.dispose();
    this.changed.dispose();
  }

  private show(): void {
    const { condition } = this.connection;
    const failed = condition.kind === "failed";
    this.item.text = itemText(condition, this.status);
    this.item.tooltip = new vscode.MarkdownString(tooltip(condition, this.status));
    this.item.backgroundColor = failed ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }
}

/** What stands in the status bar. */
export function itemText(condition: Condition, status: Status): string {
  switch (condition.kind) {
    case "failed":
      return "$(warning) Understudy";
    case "stopped":
      return "$(circle-slash) Understudy";
    case "starting":
      return "$(loading~spin) Understudy";
    case "running": {
      const icon = statusIcon(status);
      const spent = status.spentTodayUsd > 0 ? ` · ${money(status.spentTodayUsd)}` : "";
      return `${icon} ${status.model || "Understudy"}${spent}`;
    }
  }
}

/** Work that nobody waits for is shown, but does not spin. */
function statusIcon({ work }: Status): string {
  if (work.some((one) => one.asked)) {
    return "$(loading~spin)";
  }
  return work.length > 0 ? "$(sparkle)" : "$(verified)";
}

/** What the mouse is told that rests on it. */
export function tooltip(condition: Condition, status: Status): string {
  switch (condition.kind) {
    case "failed":
      return condition.why;
    case "starting":
      return "The server is starting.";
    case "stopped":
      return "No server is running.";
    case "running":
      return tooltipOf(status);
  }
}

function tooltipOf(status: Status): string {
  const lines = status.work.map((work) => `- ${withoutMarkup(work.title)}`);
  const limit = status.perDayUsd === null ? "" : ` of ${money(status.perDayUsd)}`;
  lines.push(`Spent today: ${money(status.spentTodayUsd)}${limit}.`);
  return lines.join("\n\n");
}

/** US dollars, with as many places as tell something. */
export function money(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.1 ? 4 : 2)}`;
}
