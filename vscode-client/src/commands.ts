// The server's commands, in the palette and under the ids that its menu entries carry.

import * as vscode from "vscode";
import { argument, asksMore, type Source } from "./arguments";
import type { Connection } from "./connection";
import type { Front } from "./front";
import { SERVER_COMMANDS, type Members } from "./generated/commands";
import { seenEdit, type InlineFixes } from "./inline";
import { Missing } from "./missing";
import { reviewLessons } from "./lessons";
import type { Previews } from "./preview";
import type { ReadyEdits } from "./ready";
import type { RunsView } from "./runs";
import { whyNotServed } from "./served";

/** What stands behind members that are asked for. */
export interface Behind {
  readonly connection: Connection;
  readonly front: Front;
  readonly ready: ReadyEdits;
  readonly previews: Previews;
  readonly inline: InlineFixes;
  readonly runs: RunsView;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  "understudy.refactor": ["simplify", "extract", "rename", "types"],
  "understudy.tests": ["unit", "edges", "properties"],
};

const PROMPTS: Readonly<Record<string, string>> = {
  "understudy.edit instruction": "What is to be done with the selected code?",
  "understudy.rememberRun words": "What is to be done next time, in a sentence? Empty: what solved this run.",
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
    const text = `Understudy: ${failure instanceof Error ? failure.message : String(failure)}`;
    if (failure instanceof Missing) {
      void vscode.window.showInformationMessage(text);
    } else {
      void vscode.window.showErrorMessage(text);
    }
    return undefined;
  }
}

async function runOne(behind: Behind, command: string, members: Members, given: unknown): Promise<unknown> {
  const known = typeof given === "object" && given !== null && !(given instanceof vscode.Uri) ? given : undefined;
  if (await instead(behind, command, known)) {
    return undefined;
  }
  const editor = known === undefined ? await editorFor(behind, members) : vscode.window.activeTextEditor;
  behind.previews.attention.begins(editor?.document.uri);
  if (known !== undefined && !asksMore(command, known)) {
    return await behind.connection.execute(command, known);
  }
  // Whoever types from here on waits no longer, though the server may have to start first.
  const place = placeIn(editor);
  const { code2ProtocolConverter } = await behind.connection.converters();
  const source = sourceOf(behind, command, code2ProtocolConverter, place);
  const filled = await argument(command, members, source, known);
  if (filled === undefined) {
    return undefined;
  }
  const answer = await behind.connection.execute(command, filled);
  await showAnswer(command, answer);
  return answer;
}

/** Where something was asked for: the cursor may be elsewhere by the time that it is carried out. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly selection: vscode.Selection;
}

function placeIn(editor: vscode.TextEditor | undefined): Place | undefined {
  if (editor === undefined) {
    return undefined;
  }
  const { document, selection } = editor;
  return { document, version: document.version, selection };
}

/**
 * The selection, as long as the text is the one that was spoken about.
 *
 * @throws Missing when it is another one.
 */
function selectionIn({ document, version, selection }: Place): vscode.Selection {
  if (document.version !== version) {
    throw new Missing("the text has changed while the server started. Say it once more.");
  }
  return selection;
}

/**
 * What a command of the palette is about; for one that needs a text, the last one that was in front.
 *
 * @throws Missing when the server does not know that text.
 */
async function editorFor({ front }: Behind, members: Members): Promise<vscode.TextEditor | undefined> {
  if (members["uri"] !== true) {
    return vscode.window.activeTextEditor;
  }
  const editor = await front.editor();
  const why = editor === undefined ? undefined : whyNotServed(editor.document);
  if (why !== undefined) {
    throw new Missing(why);
  }
  return editor;
}

/** Whether the client has something better than the server's command. */
async function instead({ connection, runs }: Behind, command: string, known: object | undefined): Promise<boolean> {
  if (command === "understudy.reviewLesson" && known === undefined) {
    await reviewLessons(connection);
    return true;
  }
  if (command === "understudy.showRun" && known !== undefined && "runId" in known && typeof known.runId === "string") {
    // The view tells more than the server's report, and can be clicked.
    await runs.show(known.runId);
    return true;
  }
  return false;
}

/** Shows what an answer holds that nothing else shows. */
async function showAnswer(command: string, answer: unknown): Promise<void> {
  if (typeof answer !== "object" || answer === null) {
    return;
  }
  if (command === "understudy.cancel" && "cancelled" in answer && answer.cancelled === 0) {
    throw new Missing("nothing is under way.");
  }
  if (command === "understudy.contextPreview" && "markdown" in answer && typeof answer.markdown === "string") {
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: answer.markdown });
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

type Converter = Awaited<ReturnType<Connection["converters"]>>["code2ProtocolConverter"];

function sourceOf(
  behind: Behind,
  command: string,
  converter: Converter,
  place: Place | undefined,
): Source {
  const document = place?.document;
  return {
    uri: () => document?.uri.toString(),
    range: () => (place === undefined ? undefined : converter.asRange(selectionIn(place))),
    diagnostics: () => (place === undefined ? [] : converter.asDiagnosticsSync(diagnosticsAt(place))),
    editId: async () => {
      const shown = seenEdit(behind.inline);
      const waiting = document === undefined ? [] : await behind.ready.fetch(document.uri);
      return shown ?? waiting.at(-1)?.editId;
    },
    runId: async () => {
      const { runs } = await behind.connection.request("understudy/runs", { limit: 1 });
      return runs[0]?.runId;
    },
    ask: async (member) => {
      const said = await ask(command, member);
      // Who answers waits again, whatever they did before.
      behind.previews.attention.begins(document?.uri);
      return said;
    },
  };
}

/** Problems of others that touch the selected lines. */
function diagnosticsAt({ document, selection }: Place): vscode.Diagnostic[] {
  const { start, end } = selection;
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((one) => one.range.start.line <= end.line && one.range.end.line >= start.line)
    .filter((one) => one.source?.startsWith("understudy") !== true);
}

async function ask(command: string, member: string): Promise<string | undefined> {
  const choices = CHOICES[command];
  if (choices !== undefined && member === "kind") {
    return await vscode.window.showQuickPick(choices, { title: "What kind?" });
  }
  const prompt = PROMPTS[`${command} ${member}`] ?? `The ${member}`;
  const said = await vscode.window.showInputBox({ title: "Understudy", prompt, ignoreFocusOut: true });
  return said?.trim() === "" ? "" : said;
}
