// The verified edits that wait, as the server last told them.

import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { ReadyEdit } from "./generated/protocol";

/** An edit, and the document that it waits for. */
export interface Waiting {
  readonly uri: vscode.Uri;
  readonly edit: ReadyEdit;
}

export class ReadyEdits implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly known = new Map<string, readonly ReadyEdit[]>();
  private readonly asked = new Map<string, Promise<readonly ReadyEdit[]>>();
  readonly onChange = this.changed.event;

  constructor(private readonly connection: Connection) {
    connection.on("understudy/readyChanged", ({ uri, editIds }) => {
      const at = vscode.Uri.parse(uri);
      if (editIds.length > 0) {
        void this.fetch(at);
      } else {
        this.keep(at, []);
      }
    });
    connection.onCondition(({ kind }) => {
      if (kind !== "running") {
        this.forget();
      }
    });
  }

  /** What is known now, without asking. */
  of(uri: vscode.Uri): readonly ReadyEdit[] {
    return this.known.get(uri.toString()) ?? [];
  }

  /** Where an edit waits, and what it is. */
  find(editId: string): Waiting | undefined {
    for (const [uri, edits] of this.known) {
      const edit = edits.find((one) => one.editId === editId);
      if (edit !== undefined) {
        return { uri: vscode.Uri.parse(uri), edit };
      }
    }
    return undefined;
  }

  /** The edits of a document as it is now. Of several questions at once, one is sent. */
  async fetch(uri: vscode.Uri): Promise<readonly ReadyEdit[]> {
    const key = uri.toString();
    const under = this.asked.get(key);
    if (under !== undefined) {
      return await under;
    }
    const asking = this.ask(uri).finally(() => this.asked.delete(key));
    this.asked.set(key, asking);
    return await asking;
  }

  /** Takes an edit, and resolves once it waits no longer. After a refusal it is looked what waits. */
  async take(editId: string): Promise<void> {
    const known = this.find(editId);
    try {
      await this.connection.execute("understudy.take", { editId });
    } catch (failure) {
      if (known !== undefined) {
        await this.fetch(known.uri);
      }
      throw failure;
    }
    await this.gone(editId);
  }

  /** Resolves once an edit waits no longer; after a while in any case. */
  async gone(editId: string, limitMs = 15_000): Promise<boolean> {
    if (this.find(editId) === undefined) {
      return true;
    }
    return await new Promise((resolve) => {
      const end = (isGone: boolean): void => {
        clearTimeout(timer);
        listening.dispose();
        resolve(isGone);
      };
      const timer = setTimeout(end, limitMs, false);
      const listening = this.changed.event(() => {
        if (this.find(editId) === undefined) {
          end(true);
        }
      });
    });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async ask(uri: vscode.Uri): Promise<readonly ReadyEdit[]> {
    try {
      const { edits } = await this.connection.request("understudy/readyEdits", { uri: uri.toString() });
      this.keep(uri, edits);
      return edits;
    } catch {
      // A server that ends, or an older one without this request, has no edits to show.
      this.keep(uri, []);
      return [];
    }
  }

  private keep(uri: vscode.Uri, edits: readonly ReadyEdit[]): void {
    const key = uri.toString();
    if (edits.length > 0) {
      this.known.set(key, edits);
    } else {
      this.known.delete(key);
    }
    this.changed.fire(uri);
  }

  private forget(): void {
    for (const uri of [...this.known.keys()]) {
      this.keep(vscode.Uri.parse(uri), []);
    }
  }
}
