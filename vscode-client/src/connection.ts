// The server's process and what is said to it. Everything here happens behind the activation.

import * as vscode from "vscode";
import {
  LanguageClient,
  State,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from "vscode-languageclient/node";
import { Endings } from "./endings";
import { LANGUAGES } from "./generated/settings";
import type { Notifications, Requests } from "./generated/protocol";
import { explicitSettings, SECTION } from "./settings";

/** How the server is doing. */
export type Condition =
  | { readonly kind: "stopped" }
  | { readonly kind: "starting" }
  | { readonly kind: "running" }
  | {
      readonly kind: "failed";
      readonly why: string;
      /** Whether none was found, so that one is to be installed. */
      readonly isMissing: boolean;
    };

/** What the connection is told by the rest of the extension. */
export interface Surroundings {
  /** Finds the server, or puts it there; gives nothing when the user was told why there is none. */
  readonly program: () => Promise<string | undefined>;
  /** Tells the user why there is no server any more. */
  readonly failed: (why: string) => void;
  readonly log: vscode.LogOutputChannel;
  readonly folder: string;
  readonly middleware: Middleware;
}

export class NotRunning extends Error {}

/** Without the feature that would register the server's commands: they are there before it is. */
class Client extends LanguageClient {
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
}

/** What we know beside LSP. */
const OURS: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { understudy: { explanations: true, previews: true, status: true, contexts: true } };
  },
  initialize() {
    // Nothing depends on what the server can do.
  },
  getState: () => ({ kind: "static" }),
  clear() {
    // Nothing is kept.
  },
};

type Handler<M extends keyof Notifications> = (value: Notifications[M]) => void;

export class Connection implements vscode.Disposable {
  private readonly told = new vscode.EventEmitter<Condition>();
  private readonly hearing: ((client: LanguageClient) => void)[] = [];
  private client: LanguageClient | undefined;
  private chain: Promise<void> = Promise.resolve();
  private now: Condition = { kind: "stopped" };
  readonly onCondition = this.told.event;

  constructor(private readonly around: Surroundings) {}

  get condition(): Condition {
    return this.now;
  }

  /** Hears a notification of every server that will be started. */
  on<M extends keyof Notifications>(method: M, run: Handler<M>): void {
    this.hearing.push((client) => {
      client.onNotification(method, (value: Notifications[M]) => {
        run(value);
      });
    });
  }

  /** Starts the server, or another one in its place; one thing after the other. */
  async restart(): Promise<void> {
    this.chain = this.chain.then(() => this.begin());
    await this.chain;
  }

  async stop(): Promise<void> {
    this.chain = this.chain.then(() => this.end());
    await this.chain;
  }

  /** Asks the server, as soon as it is there. */
  async request<M extends keyof Requests>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> {
    return await (await this.running()).sendRequest<Requests[M]["result"]>(method, params);
  }

  /** Runs a command of the server, as soon as it is there. */
  async execute(command: string, argument: unknown): Promise<unknown> {
    const given = { command, arguments: argument === undefined ? [] : [argument] };
    return await (await this.running()).sendRequest<unknown>("workspace/executeCommand", given);
  }

  /** The client's own conversions of positions and diagnostics. */
  async converters(): Promise<Pick<LanguageClient, "code2ProtocolConverter" | "protocol2CodeConverter">> {
    return await this.running();
  }

  dispose(): void {
    void this.stop();
    this.told.dispose();
  }

  private async running(): Promise<LanguageClient> {
    await this.chain;
    if (this.client?.state !== State.Running) {
      const why = this.now.kind === "failed" ? this.now.why : "The server of Understudy is not running.";
      throw new NotRunning(why);
    }
    return this.client;
  }

  private async begin(): Promise<void> {
    await this.end();
    this.tell({ kind: "starting" });
    try {
      const program = await this.around.program();
      if (program === undefined) {
        this.tell({ kind: "failed", why: "Understudy's server is not there yet.", isMissing: true });
        return;
      }
      this.around.log.info(`The server is ${program}.`);
      await this.connect(program);
    } catch (failure) {
      const why = failure instanceof Error ? failure.message : String(failure);
      this.fail(why);
    }
  }

  private async connect(program: string): Promise<void> {
    const server = { command: program, args: ["serve"], options: { cwd: this.around.folder } };
    let hasRun = false;
    const endings = new Endings(() => hasRun);
    const client = new Client(SECTION, "Understudy", server, { ...this.options(), errorHandler: endings });
    client.registerFeature(OURS);
    for (const hear of this.hearing) {
      hear(client);
    }
    client.onDidChangeState(({ newState }) => {
      hasRun ||= newState === State.Running;
      if (this.client !== client) {
        return;
      }
      if (newState === State.Running) {
        this.tell({ kind: "running" });
      } else if (endings.why === "") {
        this.tell({ kind: "starting" });
      } else if (newState !== State.Starting) {
        this.fail(endings.why);
      }
    });
    try {
      await client.start();
    } catch (failure) {
      throw endings.why === "" ? failure : new Error(endings.why, { cause: failure });
    }
    this.client = client;
    this.tell({ kind: "running" });
  }

  private fail(why: string): void {
    this.around.log.error(why);
    this.tell({ kind: "failed", why, isMissing: false });
    this.around.failed(why);
  }

  private async end(): Promise<void> {
    const old = this.client;
    this.client = undefined;
    try {
      await old?.dispose();
    } catch (failure) {
      this.around.log.warn(String(failure));
    }
    this.tell({ kind: "stopped" });
  }

  private options(): LanguageClientOptions {
    const { log, middleware } = this.around;
    return {
      documentSelector: [
        ...LANGUAGES.map((language) => ({ scheme: "file", language })),
        ...LANGUAGES.map((language) => ({ scheme: "untitled", language })),
        { scheme: "vscode-notebook-cell", language: "python" },
        { scheme: "file", pattern: "**/.understudy/config.toml" },
        // Fragments of prompts: those in Markdown are among the languages already.
        { scheme: "file", pattern: "**/fragments/*.{hbs,handlebars}" },
      ],
      initializationOptions: () => said(),
      outputChannel: log,
      traceOutputChannel: log,
      middleware: { ...middleware, workspace: { ...middleware.workspace, configuration } },
    };
  }

  private tell(condition: Condition): void {
    this.now = condition;
    this.told.fire(condition);
  }
}

/** What the user set, and whether they trust the folder. */
function said(): Record<string, unknown> {
  return { ...explicitSettings(), workspaceTrusted: vscode.workspace.isTrusted };
}

const configuration: NonNullable<NonNullable<Middleware["workspace"]>["configuration"]> = (params, token, next) =>
  params.items.every((item) => item.section === SECTION) ? params.items.map(said) : next(params, token);
