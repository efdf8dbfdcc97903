// What becomes of the server when it ends by itself: it is started again, but not for ever.

import { CloseAction, ErrorAction, type CloseHandlerResult, type ErrorHandler, type ErrorHandlerResult } from "vscode-languageclient/node";

const MOST = 5;
const WITHIN_MS = 3 * 60_000;
const PATIENCE = 3;
/** What writing to a process comes to that is about to be told as ended. */
const GONE: readonly unknown[] = ["EPIPE", "ECONNRESET", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"];

export class Endings implements ErrorHandler {
  private readonly times: number[] = [];
  private over = "";

  /**
   * @param hasRun - whether it ran before it ended: one that can't even start is not tried again.
   */
  constructor(
    private readonly hasRun: () => boolean,
    private readonly now: () => number = Date.now,
  ) {}

  /** Why it is not started again, as sentences; empty as long as it is. */
  get why(): string {
    return this.over;
  }

  error(error: Error, _message: unknown, count: number | undefined): ErrorHandlerResult {
    if (isOfEnd(error) || (count !== undefined && count <= PATIENCE)) {
      return { action: ErrorAction.Continue, handled: true };
    }
    this.over = "The server of Understudy can't be talked to any more. Its log tells more.";
    return { action: ErrorAction.Shutdown, handled: true };
  }

  /** It is not started again, for a reason that counts unless there is one already. */
  giveUp(why: string): void {
    this.over ||= why;
  }

  closed(): CloseHandlerResult {
    if (this.over !== "") {
      return { action: CloseAction.DoNotRestart, message: this.over, handled: true };
    }
    const now = this.now();
    this.times.push(now);
    const lately = this.times.filter((time) => now - time <= WITHIN_MS).length;
    if (!this.hasRun()) {
      this.over = "The server of Understudy ended while it started. Its log tells more.";
    } else if (lately >= MOST) {
      this.over = `The server of Understudy ended ${String(lately)} times within three minutes. Its log tells more.`;
    } else {
      return { action: CloseAction.Restart, handled: true };
    }
    return { action: CloseAction.DoNotRestart, message: this.over, handled: true };
  }
}

function isOfEnd(error: Error): boolean {
  return "code" in error && GONE.includes(error.code);
}
