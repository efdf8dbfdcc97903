// What the user really set. Defaults stay unsaid, so that they do not stand above `config.toml`.

import * as vscode from "vscode";
import { SERVER_SETTINGS } from "./generated/settings";

export const SECTION = "understudy";

type Tree = Record<string, unknown>;

/** The settings of the server that somebody set, as the server takes them. */
export function explicitSettings(): Tree {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const found: Tree = {};
  for (const key of SERVER_SETTINGS) {
    const said = settings.inspect<unknown>(key);
    const values = [said?.workspaceFolderValue, said?.workspaceValue, said?.globalValue];
    if (values.some((value) => value !== undefined)) {
      // VS Code knows which of them count: those of a folder without trust, for one, do not.
      place(found, key.split("."), settings.get(key));
    }
  }
  return found;
}

function place(tree: Tree, [first = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const inner = tree[first];
  const branch: Tree = typeof inner === "object" && inner !== null ? (inner as Tree) : {};
  tree[first] = branch;
  place(branch, rest, value);
}

/** A setting of the client itself; an empty text counts as not set. */
export function ownText(key: string): string | undefined {
  const found = vscode.workspace.getConfiguration(SECTION).get<string>(key, "").trim();
  return found === "" ? undefined : found;
}

export function inlineEnabled(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get<boolean>("inlineSuggestions.enabled", true);
}

export function previewsInline(): boolean {
  return ownText("preview") === "inline";
}
