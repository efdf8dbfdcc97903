// The server's commands, in the palette and under the ids that its menu entries carry.

import * as vscode from "vscode";
import { argument, type Source } from "./arguments";
import type { Connection } from "./connection";
import { SERVER_COMMANDS, type Members } from "./generated/commands";
import type { InlineFixes } from "./inline";
import type { Previews } from "./preview";
import type { ReadyEdits } from "./ready";
import type { RunsView } from "./runs";

/** What stands behind members that are asked for. */
export interface Behind {
  readonly connection: Connection;
  readonly ready: ReadyEdits;
  readonly previews: Previews;
  readonly inline: InlineFixes;
  readonly runs: RunsView;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  "understudy.refactor": ["simplify", "extract", "rename", "types"],
  "understudy.tests": ["unit", "edges", "properties"],
};

/** Registers every command of the server; they wait until it is there. */
export function registerServerCommands(behind: Behind): vscode.Disposable {
  const made = Object.entries(SERVER_COMMANDS).map(([command, members]) =>
    vscode.commands.registerCommand(command, (given?: unknown) =>
      telling(async () => await runOne(behind, command, members, given)),
    ),
  );
  return vscode.Disposable.from(...made);
}

/** Runs something; what goes wrong with it is told, and is no error of the editor. */
export async function telling<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    const text = failure instanceof Error ? failure.message : String(failure);
    void vscode.window.showErrorMessage(`Understudy: ${text}`);
    return undefined;
  }
}

async function runOne(behind: Behind, command: string, members: Members, given: unknown): Promise<unknown> {
  const isArgument = typeof given === "object" && given !== null && !(given instanceof vscode.Uri);
  if (isArgument && command === "understudy.showRun" && "runId" in given && typeof given.runId === "string") {
    // The view tells more than the server's report, and can be clicked.
    await behind.runs.show(given.runId);
    return undefined;
  }
  if (isArgument) {
    return await behind.connection.execute(command, given);
  }
  const { code2ProtocolConverter } = await behind.connection.converters();
  const source = sourceOf(behind, command, code2ProtocolConverter);
  const filled = await argument(command, members, source);
  if (filled === undefined) {
    return undefined;
  }
  const answer = await behind.connection.execute(command, filled);
  if (command === "understudy.contextPreview") {
    await showMarkdown(answer);
  }
  return answer;
}

/** Opens the document that an answer holds. */
async function showMarkdown(answer: unknown): Promise<void> {
  if (typeof answer === "object" && answer !== null && "markdown" in answer && typeof answer.markdown === "string") {
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: answer.markdown });
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

type Converter = Awaited<ReturnType<Connection["converters"]>>["code2ProtocolConverter"];

function sourceOf(behind: Behind, command: string, converter: Converter): Source {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  return {
    uri: () => document?.uri.toString(),
    range: () => (editor === undefined ? undefined : converter.asRange(editor.selection)),
    diagnostics: () => (editor === undefined ? [] : converter.asDiagnosticsSync(diagnosticsAt(editor))),
    editId: async () => {
      const shown = behind.previews.current() ?? behind.inline.here()?.edit.editId;
      const waiting = document === undefined ? [] : await behind.ready.fetch(document.uri);
      return shown ?? waiting.at(-1)?.editId;
    },
    runId: async () => {
      const { runs } = await behind.connection.request("understudy/runs", { limit: 1 });
      return runs[0]?.runId;
    },
    ask: async (member) => await ask(command, member),
  };
}

/** Problems of others that touch the selected lines. */
function diagnosticsAt(editor: vscode.TextEditor): vscode.Diagnostic[] {
  const { start, end } = editor.selection;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((one) => one.range.start.line <= end.line && one.range.end.line >= start.line)
    .filter((one) => one.source?.startsWith("understudy") !== true);
}

async function ask(command: string, member: string): Promise<string | undefined> {
  const choices = CHOICES[command];
  if (choices !== undefined && member === "kind") {
    return await vscode.window.showQuickPick(choices, { title: "What kind?" });
  }
  const prompt = member === "instruction" ? "What is to be done with the selected code?" : `The ${member}`;
  const said = await vscode.window.showInputBox({ title: "Understudy", prompt, ignoreFocusOut: true });
  return said === undefined || said.trim() === "" ? undefined : said;
}
