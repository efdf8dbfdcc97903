// What VS Code loads. Activation registers everything and waits for nothing.

import * as vscode from "vscode";
import { registerServerCommands, telling } from "./commands";
import { Connection } from "./connection";
import { chooseConsent } from "./consent";
import { Front } from "./front";
import { ghostText, InlineFixes, seenEdit } from "./inline";
import { Keys } from "./keys";
import { contributeLessons, importLessons, revokeLessons } from "./lessons";
import { masked } from "./masked";
import { showMenu } from "./menu";
import { noFix } from "./missing";
import { Previews } from "./preview";
import { helpWithEnd, installTelling, provide } from "./provision";
import { ReadyEdits, type Waiting } from "./ready";
import { RunsView } from "./runs";
import { SlowWork } from "./slow";
import { StatusBar } from "./status";
import { Words } from "./words";

/** What tests of the extension look at. */
export interface Parts {
  readonly connection: Connection;
  readonly front: Front;
  readonly ready: ReadyEdits;
  readonly status: StatusBar;
  readonly keys: Keys;
  readonly runs: RunsView;
  readonly previews: Previews;
  readonly inline: InlineFixes;
}

let current: Connection | undefined;

export function activate(context: vscode.ExtensionContext): Parts {
  const secrets: { of?: Keys } = {};
  const log = masked(vscode.window.createOutputChannel("Understudy", { log: true }), () => secrets.of?.secrets ?? []);
  const connection = new Connection({
    program: async () => await provide(context, log),
    failed: (why) => void helpWithEnd(why, log),
    log,
    folder: context.extensionPath,
    middleware: { provideInlineCompletionItems: ghostText },
  });
  const keys = new Keys(context, connection, log);
  secrets.of = keys;
  const ready = new ReadyEdits(connection);
  const status = new StatusBar(connection);
  const runs = new RunsView(connection, status, context.extensionUri);
  const previews = new Previews(connection, ready, async (runId) => {
    await runs.show(runId);
  });
  const inline = new InlineFixes(ready);
  const words = new Words(connection);
  const front = new Front(ready);
  const parts = { connection, front, ready, status, keys, runs, previews, inline };
  const slow = new SlowWork(status, async (runId) => await connection.execute("understudy.cancel", { runId }));
  context.subscriptions.push(log, connection, front, ready, status, runs, previews, inline, words, slow);
  context.subscriptions.push(registerServerCommands(parts), registerOwn(parts, context, log), follow(connection));
  current = connection;
  void connection.restart();
  return parts;
}

export async function deactivate(): Promise<void> {
  await current?.stop();
}

/** Starts the server anew when something changed that it is only told at its start. */
function follow(connection: Connection): vscode.Disposable {
  const again = (): void => {
    void connection.restart();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("understudy.server")) {
        again();
      }
    }),
  );
}

function registerOwn(parts: Parts, context: vscode.ExtensionContext, log: vscode.LogOutputChannel): vscode.Disposable {
  const { connection, previews, inline, runs, keys } = parts;
  const commands: Record<string, Command> = {
    acceptPreview: onSeen(parts, async (seen) => {
      await previews.accept(seen);
    }),
    acceptAll: onSeen(parts, async (seen) => {
      await previews.acceptAll(seen);
    }),
    discardPreview: onSeen(parts, async (seen) => {
      await previews.discard(seen);
    }),
    nextModel: onSeen(parts, async (seen) => {
      await previews.nextModel(seen);
    }),
    why: onSeen(parts, async (seen) => {
      await previews.why(seen);
    }),
    showPreview: async (editId) => {
      await showWaiting(parts, text(editId));
    },
    acceptInline: async () => {
      await inline.accept();
    },
    showRuns: async () => {
      await runs.show();
    },
    refreshRuns: async () => {
      await runs.refresh();
    },
    contributeLessons: async () => {
      await contributeLessons(connection);
    },
    importLessons: async () => {
      await importLessons(connection);
    },
    revokeLessons: async () => {
      await revokeLessons(connection);
    },
    consent: async () => {
      await chooseConsent(connection);
    },
    setKey: async () => {
      await keys.choose();
    },
    menu: async () => {
      await showMenu(parts);
    },
    restart: async () => {
      await connection.restart();
    },
    install: async () => {
      if ((await installTelling(context, log)) !== undefined) {
        await connection.restart();
      }
    },
    showLog: () => {
      log.show();
      return Promise.resolve();
    },
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(`understudy.${name}`, (editId?: string) =>
        telling(async () => {
          await run(editId);
        }),
      ),
    ),
  );
}

/** Buttons of an editor's title hand over a URI, links an id, the palette nothing. */
function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

type Command = (editId?: string) => Promise<void>;

/** Does something with the fix that is named or seen; one that is not seen is shown first. */
function onSeen(parts: Parts, act: (editId: string) => Promise<void>): Command {
  return async (named) => {
    const seen = text(named) ?? seenEdit(parts.inline);
    await (seen === undefined ? showWaiting(parts, undefined) : act(seen));
  };
}

async function showWaiting(parts: Parts, editId: string | undefined): Promise<void> {
  const { uri, edit } = await waitingHere(parts, editId);
  await parts.previews.show(uri, edit);
}

/** The fix on the line of the cursor, or else the latest of the document. */
async function waitingHere({ ready, inline }: Parts, editId?: string): Promise<Waiting> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const waiting = uri === undefined ? [] : await ready.fetch(uri);
  const chosen = editId ?? inline.here()?.edit.editId ?? waiting.at(-1)?.editId;
  const found = chosen === undefined ? undefined : ready.find(chosen);
  if (found === undefined) {
    throw noFix();
  }
  return found;
}
