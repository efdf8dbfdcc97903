// Lessons of failures: what is said of them, handed to others, and taken from others.

import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { LeftOut, LessonChoice, LessonRow } from "./generated/protocol";

const EVIDENCE = "Show the evidence of all lessons";
const SAVE = "Save as a File…";
const SEND = "Open a Pull Request…";
const QUEUE = "Put into the Queue";
const REVIEW = "Review";
const OPEN = "Open";
const FILES = { JSON: ["json"] };
/** What is left out of messages, which are no place for lists. */
const MOST_NAMED = 3;

interface Said extends vscode.QuickPickItem {
  readonly choice?: LessonChoice;
}

/** Lets the user say something of one lesson after the other, as long as some wait for that. */
export async function reviewLessons(connection: Connection): Promise<void> {
  for (;;) {
    const { lessons } = await connection.request("learning/list", here());
    if (lessons.length === 0) {
      tell("Nothing has been learned yet, and nothing waits for your review.");
      return;
    }
    const picked = await vscode.window.showQuickPick(lessons.map(entry), {
      title: `Which lesson? ${waiting(lessons)} of ${lessons.length} wait for your review`,
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (picked === undefined || !(await say(connection, picked.lesson)) || waiting(lessons) < 2) {
      return;
    }
  }
}

/** Shows the exact bytes that others would get; writes or hands over just these if the user says so. */
export async function contributeLessons(connection: Connection): Promise<void> {
  const shown = await connection.request("learning/contribute", here());
  const told = shown.told + leftOut(shown.leftOut);
  if (shown.what !== "shown") {
    tell(told);
    return;
  }
  // The server opens the bytes as a document meanwhile: the message does not stand in its way.
  const chosen = await vscode.window.showInformationMessage(`Understudy: ${told}`, SAVE, SEND);
  if (chosen === SAVE) {
    await save(connection, shown.hash);
  } else if (chosen === SEND) {
    await send(connection, shown.hash);
  }
}

/** Shows what the lessons of a file would change, and puts them into the queue if the user says so. */
export async function importLessons(connection: Connection): Promise<void> {
  const [file] = (await vscode.window.showOpenDialog({ title: "Lessons of others", filters: FILES })) ?? [];
  if (file === undefined) {
    return;
  }
  const tag = await ask("Where do they come from? A name for the source; empty: that of the file.");
  if (tag === undefined) {
    return;
  }
  const asked = { ...here(), path: file.fsPath, ...(tag === "" ? {} : { tag }) };
  const planned = await connection.request("learning/import", { ...asked, dryRun: true });
  const told = planned.told + leftOut(planned.leftOut);
  if (planned.lessons.length === 0) {
    tell(told);
    return;
  }
  const chosen = await vscode.window.showInformationMessage(`Understudy: ${told}`, QUEUE);
  if (chosen === QUEUE) {
    const done = await connection.request("learning/import", asked);
    if ((await vscode.window.showInformationMessage(`Understudy: ${done.told}`, REVIEW)) === REVIEW) {
      await reviewLessons(connection);
    }
  }
}

/** Deletes all lessons of a source that the user picks. */
export async function revokeLessons(connection: Connection): Promise<void> {
  const { sources } = await connection.request("learning/sources", {});
  if (sources.length === 0) {
    tell("No lessons of others were imported.");
    return;
  }
  const entries = sources.map((one) => ({
    label: one.tag,
    description: `${one.lessons} lessons of ${one.file}`,
    detail: `${new Date(one.importedMs).toLocaleString()} · SHA-256: ${one.hash}`,
    hash: one.hash,
  }));
  const picked = await vscode.window.showQuickPick(entries, {
    title: "Whose lessons are to go? Those of this file are deleted, whatever you said of them",
  });
  if (picked !== undefined) {
    tell((await connection.request("learning/revoke", { source: picked.hash })).told);
  }
}

/** Whether the user went through with it. */
async function say(connection: Connection, lesson: LessonRow): Promise<boolean> {
  const said: Said[] = lesson.choices.map((choice) => ({ label: choice.title, choice }));
  const picked = await vscode.window.showQuickPick([...said, { label: EVIDENCE }], { title: lesson.words });
  if (picked === undefined) {
    return false;
  }
  if (picked.choice === undefined) {
    await connection.execute("understudy.lessons", here());
    return false;
  }
  const { id, action, into } = picked.choice;
  const words = action === "edit" ? await ask("In which words?", lesson.words) : "";
  if (words === undefined || (action === "edit" && words === "")) {
    return false;
  }
  const more = { ...(words === "" ? {} : { words }), ...(into === "" ? {} : { into }) };
  tell((await connection.request("learning/review", { ...here(), id, action, ...more })).told);
  return true;
}

async function save(connection: Connection, hash: string): Promise<void> {
  const target = await vscode.window.showSaveDialog({ title: "Lessons for others", filters: FILES });
  if (target === undefined) {
    return;
  }
  const { payload } = await connection.request("learning/contribute", { ...here(), hash });
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(payload));
  tell(`the lessons were written to ${target.fsPath}. SHA-256: ${hash}`);
}

async function send(connection: Connection, hash: string): Promise<void> {
  const upstream = await ask("Who gets them? OWNER/REPO");
  const fork = upstream === undefined || upstream === "" ? undefined : await ask("Your fork of it: an address, or OWNER/REPO");
  if (upstream === undefined || fork === undefined || fork === "") {
    return;
  }
  const done = await connection.request("learning/contribute", { ...here(), hash, upstream, fork });
  const doors = done.where.startsWith("https://") ? [OPEN] : [];
  if ((await vscode.window.showInformationMessage(`Understudy: ${done.told}`, ...doors)) === OPEN) {
    await vscode.env.openExternal(vscode.Uri.parse(done.where));
  }
}

function entry(lesson: LessonRow): vscode.QuickPickItem & { readonly lesson: LessonRow } {
  const about = [lesson.category, lesson.code, lesson.language, lesson.model].filter((word) => word !== "");
  const runs = `${lesson.uses} runs with it, ${lesson.held} without`;
  return {
    label: lesson.words,
    description: `${lesson.state}: ${lesson.why}`,
    detail: `${about.join(", ")} · ${runs} · ${lesson.id}`,
    lesson,
  };
}

function waiting(lessons: readonly LessonRow[]): number {
  return lessons.filter((one) => one.state === "waiting").length;
}

function leftOut(found: readonly LeftOut[]): string {
  const named = found.slice(0, MOST_NAMED).map((one) => `${one.id} (${one.why})`);
  const more = found.length > MOST_NAMED ? [`${found.length - MOST_NAMED} more`] : [];
  return found.length === 0 ? "" : ` Left out: ${[...named, ...more].join("; ")}.`;
}

/** The document in front says which workspace is meant. */
function here(): { readonly uri?: string } {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === "file" ? { uri: uri.toString() } : {};
}

async function ask(prompt: string, value = ""): Promise<string | undefined> {
  const said = await vscode.window.showInputBox({ title: "Understudy", prompt, value, ignoreFocusOut: true });
  return said?.trim();
}

function tell(text: string): void {
  void vscode.window.showInformationMessage(`Understudy: ${text}`);
}
