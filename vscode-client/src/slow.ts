// Work that takes long is shown where it can be cancelled; what is quick stays in the status bar.

import * as vscode from "vscode";
import type { Work } from "./generated/protocol";
import type { StatusBar } from "./status";

const PATIENCE_MS = 2_000;

interface Shown {
  readonly timer: NodeJS.Timeout;
  end: () => void;
}

export class SlowWork implements vscode.Disposable {
  private readonly under = new Map<string, Shown>();
  private readonly listening: vscode.Disposable;

  constructor(
    status: StatusBar,
    private readonly cancel: (runId: string) => Promise<unknown>,
  ) {
    this.listening = status.onChange(({ work }) => {
      this.follow(work.filter((one) => one.asked));
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.follow([]);
  }

  private follow(work: readonly Work[]): void {
    const going = new Set(work.map((one) => one.runId));
    for (const [runId, shown] of this.under) {
      if (!going.has(runId)) {
        clearTimeout(shown.timer);
        shown.end();
        this.under.delete(runId);
      }
    }
    for (const one of work) {
      if (!this.under.has(one.runId)) {
        const timer = setTimeout(() => {
          this.show(one);
        }, PATIENCE_MS);
        this.under.set(one.runId, { timer, end: () => undefined });
      }
    }
  }

  private show({ runId, title }: Work): void {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
      token.onCancellationRequested(() => void this.cancel(runId));
      await new Promise<void>((resolve) => {
        const shown = this.under.get(runId);
        if (shown === undefined) {
          resolve();
        } else {
          shown.end = resolve;
        }
      });
    });
  }
}
