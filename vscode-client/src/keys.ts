// API keys: in VS Code's secret storage, and in the server's memory while it runs.

import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { KeyPlace } from "./generated/protocol";

/** Names of the keys that are stored; the storage itself can't be listed. */
const NAMES = "understudy.keys";
const PREFIX = "understudy.key.";

export class Keys {
  private readonly known = new Set<string>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly connection: Connection,
    private readonly log: vscode.LogOutputChannel,
  ) {
    connection.onCondition(({ kind }) => {
      if (kind === "running") {
        void this.handOver();
      }
    });
  }

  /** The keys themselves, for whoever has to leave them out; those that were taken back among them. */
  get secrets(): Iterable<string> {
    return this.known;
  }

  /** Lets the user set, replace or remove a key. */
  async choose(): Promise<void> {
    const { keys } = await this.connection.request("understudy/keys", {});
    const picked = await vscode.window.showQuickPick(
      keys.map((place) => ({ label: place.name, description: this.described(place), place })),
      { title: "Whose key?", matchOnDescription: true },
    );
    if (picked === undefined) {
      return;
    }
    const { name } = picked.place;
    const given = await vscode.window.showInputBox({
      title: name,
      prompt: this.names().includes(name) ? "The new key. Leave it empty to remove the old one." : "The key.",
      password: true,
      ignoreFocusOut: true,
    });
    if (given !== undefined) {
      await this.set(name, given.trim());
    }
  }

  /** Stores a key and hands it over; an empty one is removed. */
  async set(name: string, key: string): Promise<void> {
    const others = this.names().filter((one) => one !== name);
    if (key === "") {
      await this.context.secrets.delete(PREFIX + name);
      await this.context.globalState.update(NAMES, others);
      await this.connection.request("understudy/setKey", { name, key: null });
      return;
    }
    // Known to the log's filter before anything is sent.
    this.known.add(key);
    await this.connection.request("understudy/setKey", { name, key });
    await this.context.secrets.store(PREFIX + name, key);
    await this.context.globalState.update(NAMES, [...others, name]);
  }

  private async handOver(): Promise<void> {
    for (const name of this.names()) {
      const key = await this.context.secrets.get(PREFIX + name);
      if (key === undefined) {
        continue;
      }
      this.known.add(key);
      try {
        await this.connection.request("understudy/setKey", { name, key });
      } catch (failure) {
        this.log.warn(`The key ${name} was not handed over: ${String(failure)}`);
      }
    }
  }

  private described({ name, providers, there }: KeyPlace): string {
    const stored = this.names().includes(name);
    const state = stored ? "kept by VS Code" : there ? "from the environment" : "not set";
    return `${providers.join(", ")} · ${state}`;
  }

  private names(): string[] {
    return this.context.globalState.get<string[]>(NAMES, []);
  }
}
