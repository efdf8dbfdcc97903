// Who may see the code of the workspace's folders: looked at, given and taken back.

import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { FolderConsents, ProviderConsent } from "./generated/protocol";
import { Missing } from "./missing";

const TRUST = "Manage Trust";

interface Entry extends vscode.QuickPickItem {
  readonly one: ProviderConsent;
}

/** Shows who may see a folder's code; what is ticked afterwards counts. */
export async function chooseConsent(connection: Connection): Promise<void> {
  const { folders } = await connection.request("understudy/consents", {});
  const folder = await chosen(folders);
  if (folder === undefined) {
    return;
  }
  if (!folder.trusted) {
    await offerTrust(folder);
    return;
  }
  if (folder.providers.length === 0) {
    throw new Missing(`no model elsewhere is known, so no code of ${folder.name} leaves this machine.`);
  }
  const picked = await vscode.window.showQuickPick(folder.providers.map(entry), {
    canPickMany: true,
    ignoreFocusOut: true,
    title: `Who may see code of ${folder.name}?`,
    placeHolder: "Tick who may get it. Secrets are masked for all.",
  });
  if (picked !== undefined) {
    await say(connection, folder, new Set(picked.map(({ one }) => one.provider)));
  }
}

async function chosen(folders: readonly FolderConsents[]): Promise<FolderConsents | undefined> {
  const [only] = folders;
  if (only === undefined) {
    throw new Missing("open a folder first. What lies in no folder stays on this machine.");
  }
  if (folders.length === 1) {
    return only;
  }
  const named = folders.map((folder) => ({ label: folder.name, description: described(folder), folder }));
  return (await vscode.window.showQuickPick(named, { title: "Which folder?" }))?.folder;
}

function described({ trusted, providers }: FolderConsents): string {
  const agreed = providers.filter((one) => one.agreed).map((one) => one.title);
  return trusted ? agreed.join(", ") || "nobody" : "not trusted";
}

function entry(one: ProviderConsent): Entry {
  return { label: one.title, description: one.origin, picked: one.agreed, one };
}

async function say(connection: Connection, folder: FolderConsents, ticked: ReadonlySet<string>): Promise<void> {
  for (const { provider, agreed } of folder.providers) {
    if (ticked.has(provider) !== agreed) {
      await connection.request("understudy/setConsent", { uri: folder.uri, provider, agreed: !agreed });
    }
  }
  const names = folder.providers.filter((one) => ticked.has(one.provider)).map((one) => one.title);
  const whom = names.length === 0 ? "is sent nowhere" : `may be sent to ${names.join(", ")}`;
  void vscode.window.showInformationMessage(`Understudy: code of ${folder.name} ${whom}.`);
}

async function offerTrust({ name }: FolderConsents): Promise<void> {
  const text = `Understudy: you do not trust ${name}, so no model sees its code.`;
  if ((await vscode.window.showInformationMessage(text, TRUST)) === TRUST) {
    await vscode.commands.executeCommand("workbench.trust.manage");
  }
}
