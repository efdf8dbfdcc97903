// The client of one server: what it knows beside LSP, and how its process begins and ends.

import { once } from "node:events";
import { LanguageClient, type LanguageClientOptions, type StaticFeature } from "vscode-languageclient/node";
import type { Endings } from "./endings";
import { GivenUp, Patience } from "./patience";
import { SECTION } from "./settings";

/** How long a server that was started may say nothing. */
const LIMIT_MS = 45_000;
/** How long a process may take to be gone; one that stays is killed before. */
const END_MS = 3_000;

/** What the server tells somebody for whose wish there is no model. */
const ADDING_MODELS =
  "“Understudy: Set or Remove an API Key” adds some, and “Understudy: Who Is Asked, and Why?” tells which there are.";

/** What we know beside LSP. */
const OURS: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = {
      understudy: { explanations: true, previews: true, status: true, contexts: true, addingModels: ADDING_MODELS },
    };
  },
  initialize() {
    // Nothing depends on what the server can do.
  },
  getState: () => ({ kind: "static" }),
  clear() {
    // Nothing is kept.
  },
};

/** A program of the server, and the folder that it runs in. */
export interface Program {
  readonly command: string;
  readonly folder: string;
  /** How long it may say nothing after its start. */
  readonly limitMs?: number;
}

export class Client extends LanguageClient {
  private readonly limitMs: number;
  private waiting: Patience | undefined;
  private leaving: Promise<void> | undefined;

  constructor(
    { command, folder, limitMs = LIMIT_MS }: Program,
    private readonly endings: Endings,
    options: LanguageClientOptions,
  ) {
    const server = { command, args: ["serve"], options: { cwd: folder } };
    // That it does not start is told in our words, and once.
    const told = { errorHandler: endings, initializationFailedHandler: () => false };
    super(SECTION, "Understudy", server, { ...options, ...told });
    this.limitMs = limitMs;
    this.registerFeature(OURS);
  }

  /**
   * Starts the server. It comes here by itself as well when a server that ran has ended.
   *
   * @throws GivenUp when it says nothing for too long, or was left meanwhile.
   */
  override async start(): Promise<void> {
    const seconds = String(Math.ceil(this.limitMs / 1000));
    const why = `The server of Understudy said nothing for ${seconds} seconds after its start. Its log tells more.`;
    this.waiting = new Patience(this.limitMs, why);
    try {
      await this.waiting.for(super.start());
    } catch (failure) {
      if (failure instanceof GivenUp) {
        this.endings.giveUp(failure.message);
        await this.leave();
      }
      throw failure;
    }
  }

  /** Ends the server, whatever it does just now, and gives its process a while to be gone. */
  async leave(): Promise<void> {
    this.leaving ??= this.end();
    await this.leaving;
  }

  /** Without the feature that would register the server's commands: they are there before it is. */
  override registerFeature(feature: Parameters<LanguageClient["registerFeature"]>[0]): void {
    const isCommands =
      "registrationType" in feature && feature.registrationType.method === "workspace/executeCommand";
    if (!isCommands) {
      super.registerFeature(feature);
    }
  }

  /** What must be told by all means is about its start and its end, which we tell in our own words. */
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, show === "force" ? false : show);
  }

  private async end(): Promise<void> {
    const process = this.serverProcess;
    this.endings.giveUp("The server of Understudy was stopped.");
    this.waiting?.end();
    try {
      await this.dispose();
    } catch (failure) {
      this.warn("The server did not end when it was asked to.", failure, false);
    }
    if (process?.exitCode === null && process.signalCode === null) {
      await Promise.race([once(process, "exit"), new Promise((resolve) => setTimeout(resolve, END_MS).unref())]);
    }
  }
}
