// The server's process and what is said to it. Everything here happens behind the activation.

import * as vscode from "vscode";
import { State, type LanguageClient, type LanguageClientOptions, type Middleware } from "vscode-languageclient/node";
import { Client } from "./client";
import { Endings } from "./endings";
import type { Notifications, Requests } from "./generated/protocol";
import { GivenUp, Superseded } from "./patience";
import { SERVED } from "./served";
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

type Handler<M extends keyof Notifications> = (value: Notifications[M]) => void;

export class Connection implements vscode.Disposable {
  private readonly told = new vscode.EventEmitter<Condition>();
  private readonly hearing: ((client: LanguageClient) => void)[] = [];
  private client: Client | undefined;
  /** The one that is waited for. */
  private coming: Client | undefined;
  private chain: Promise<void> = Promise.resolve();
  /** How often something was wanted: what is not the last one is not begun, and its failure nobody's news. */
  private wishes = 0;
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
    await this.next((isWanted) => this.begin(isWanted));
  }

  async stop(): Promise<void> {
    await this.next(() => this.end());
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
    let ended;
    // What was wanted meanwhile is waited for as well.
    while (ended !== this.chain) {
      ended = this.chain;
      await ended;
    }
    if (this.client?.state !== State.Running) {
      const why = this.now.kind === "failed" ? this.now.why : "The server of Understudy is not running.";
      throw new NotRunning(why);
    }
    return this.client;
  }

  /** Does something when what is under way has ended; a start is not waited for. */
  private async next(step: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    this.wishes += 1;
    const own = this.wishes;
    void this.coming?.leave();
    this.chain = this.chain.then(() => step(() => own === this.wishes));
    await this.chain;
  }

  private async begin(isWanted: () => boolean): Promise<void> {
    await this.end();
    if (!isWanted()) {
      return;
    }
    this.tell({ kind: "starting" });
    try {
      const program = await this.around.program();
      if (!isWanted()) {
        return;
      }
      if (program === undefined) {
        this.tell({ kind: "failed", why: "Understudy's server is not there yet.", isMissing: true });
        return;
      }
      this.around.log.info(`The server is ${program}.`);
      await this.connect(program);
    } catch (failure) {
      if (isWanted() && !(failure instanceof Superseded)) {
        this.fail(failure instanceof Error ? failure.message : String(failure));
      }
    }
  }

  private async connect(command: string): Promise<void> {
    let hasRun = false;
    const endings = new Endings(() => hasRun);
    const client = new Client({ command, folder: this.around.folder }, endings, this.options());
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
    this.coming = client;
    try {
      await client.start();
    } catch (failure) {
      const isTold = failure instanceof GivenUp || endings.why === "";
      throw isTold ? failure : new Error(endings.why, { cause: failure });
    } finally {
      this.coming = undefined;
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
    await old?.leave();
    this.tell({ kind: "stopped" });
  }

  private options(): LanguageClientOptions {
    const { log, middleware } = this.around;
    return {
      documentSelector: [...SERVED],
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
