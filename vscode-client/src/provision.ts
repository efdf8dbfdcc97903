// From nothing to a server that can be started, with what the user has to know on the way.

import * as vscode from "vscode";
import { install, installed, Cancelled, NoPython } from "./server/install";
import { locate } from "./server/locate";
import { findPython } from "./server/python";
import { ownText, SECTION } from "./settings";

const CHOOSE = "Choose an Interpreter…";
const HELP = "How to Get Python";
const LOG = "Show Log";
const AGAIN = "Try Again";
const RESTART = "Restart";
const DOWNLOAD = "https://www.python.org/downloads/";

/** Finds the server, or installs the one that comes with the extension. */
export async function provide(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<string | undefined> {
  const found = await locate({ chosen: ownText("server.path"), folders: trustedFolders() });
  if (found !== undefined) {
    log.info(`Found by: ${found.how}.`);
    return found.program;
  }
  const [bundled, storage] = places(context);
  return (await installed(bundled, storage)) ?? (await installTelling(context, log));
}

/** Installs the bundled server, with a progress notification; tells what is missing. */
export async function installTelling(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<string | undefined> {
  try {
    return await withProgress(context);
  } catch (failure) {
    if (!(failure instanceof Cancelled)) {
      log.error(String(failure));
      // Nobody waits for the answer: the editor goes on without us meanwhile.
      void helpWith(failure, log);
    }
    return undefined;
  }
}

async function withProgress(context: vscode.ExtensionContext): Promise<string> {
  const [bundled, storage] = places(context);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "Understudy",
    cancellable: true,
  };
  return await vscode.window.withProgress(options, async (progress, token) => {
    const report = (message: string): void => {
      progress.report({ message });
    };
    return await install({
      bundled,
      storage,
      report,
      python: async () => await findPython(ownText("server.python")),
      isCancelled: () => token.isCancellationRequested,
    });
  });
}

async function helpWith(failure: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const text = failure instanceof Error ? failure.message : String(failure);
  const buttons = failure instanceof NoPython ? [CHOOSE, HELP] : [AGAIN, LOG];
  const picked = await vscode.window.showErrorMessage(`Understudy: ${text}`, ...buttons);
  switch (picked) {
    case CHOOSE:
      await choosePython();
      break;
    case HELP:
      await vscode.env.openExternal(vscode.Uri.parse(DOWNLOAD));
      break;
    case AGAIN:
      await vscode.commands.executeCommand("understudy.install");
      break;
    case LOG:
      log.show();
      break;
    default:
      break;
  }
}

/** Tells why there is no server any more, and what can be done. */
export async function helpWithEnd(why: string, log: vscode.LogOutputChannel): Promise<void> {
  const picked = await vscode.window.showErrorMessage(why, RESTART, LOG);
  if (picked === RESTART) {
    await vscode.commands.executeCommand("understudy.restart");
  } else if (picked === LOG) {
    log.show();
  }
}

async function choosePython(): Promise<void> {
  const [chosen] = (await vscode.window.showOpenDialog({ title: "Python 3.11 or newer" })) ?? [];
  if (chosen !== undefined) {
    const settings = vscode.workspace.getConfiguration(SECTION);
    await settings.update("server.python", chosen.fsPath, vscode.ConfigurationTarget.Global);
  }
}

function places(context: vscode.ExtensionContext): [string, string] {
  const bundled = vscode.Uri.joinPath(context.extensionUri, "bundled").fsPath;
  return [bundled, vscode.Uri.joinPath(context.globalStorageUri, "servers").fsPath];
}

function trustedFolders(): string[] {
  // What lies in a folder that nobody trusts is not run.
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  return folders.filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
}
