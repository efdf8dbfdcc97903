// The documents that the server is given.

import * as vscode from "vscode";
import { LANGUAGES } from "./generated/settings";
import { nameOf } from "./sides";

export const SERVED = [
  ...LANGUAGES.map((language) => ({ scheme: "file", language })),
  ...LANGUAGES.map((language) => ({ scheme: "untitled", language })),
  { scheme: "vscode-notebook-cell", language: "python" },
  { scheme: "file", pattern: "**/.understudy/config.toml" },
  // Fragments of prompts: those in Markdown are among the languages already.
  { scheme: "file", pattern: "**/fragments/*.{hbs,handlebars}" },
] as const;

/** Why the server has not got a document whose language is another one; nothing where that is not so. */
export function whyNotServed(document: vscode.TextDocument): string | undefined {
  const { uri, languageId } = document;
  if (vscode.languages.match(SERVED, document) > 0 || SERVED.every((one) => one.scheme !== uri.scheme)) {
    return undefined;
  }
  return `${nameOf(uri)} is in a language that it does not know, “${languageId}”. Choose another one in the status bar.`;
}
