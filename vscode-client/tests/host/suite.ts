// Runs inside VS Code's own extension host, against the real server.

import assert from "node:assert/strict";
import * as vscode from "vscode";
import { SERVER_COMMANDS } from "../../src/generated/commands";
import type { ReadyEdit } from "../../src/generated/protocol";
import type { Parts } from "../../src/extension";

const ID = "understudy.understudy";
const LIMIT_MS = 30_000;
const BROKEN = "def double(x)\n    return 2 * x\n";
const TWO_BROKEN = "first = 1\nsecond = 2\nprint(frist)\nprint(secnd)\n";
const MENDED = BROKEN.replace("(x)", "(x):");

/** Waits until something is there. */
async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`never came: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function parts(): Promise<Parts> {
  const extension = vscode.extensions.getExtension<Parts>(ID);
  assert.ok(extension);
  const found = await extension.activate();
  await until("the server", () => found.connection.condition.kind === "running");
  return found;
}

async function waiting(uri: vscode.Uri, count = 1): Promise<readonly ReadyEdit[]> {
  const { ready } = await parts();
  return await until(`${String(count)} waiting edits`, () => {
    const edits = ready.of(uri);
    return edits.length === count && edits;
  });
}

function tabsOfPreviews(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === "understudy",
  );
}

async function untitled(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: "python", content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function fixLine(uri: vscode.Uri, line: number): Promise<void> {
  const place = { line, character: 0 };
  await vscode.commands.executeCommand("understudy.fix", {
    uri: uri.toString(),
    range: { start: place, end: place },
  });
}

function cursorTo(editor: vscode.TextEditor, line: number): void {
  editor.selection = new vscode.Selection(line, 0, line, 0);
}

const TESTS: Record<string, () => Promise<void>> = {
  "every command is there before the server is": async () => {
    const extension = vscode.extensions.getExtension<Parts>(ID);
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const named = manifest.contributes.commands.map((one) => one.command);
    assert.deepEqual(
      [...named, ...Object.keys(SERVER_COMMANDS)].filter((one) => !registered.has(one)),
      [],
    );
  },

  "a command without a document does nothing": async () => {
    await parts();
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.equal(await vscode.commands.executeCommand("understudy.fixFile"), undefined);
  },

  "a document that was never saved is fixed": async () => {
    await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    await until("the preview", () => tabsOfPreviews().length === 1);
    await vscode.commands.executeCommand("understudy.acceptPreview");
    assert.equal(document.getText(), MENDED);
    assert.deepEqual(tabsOfPreviews(), []);
  },

  "a preview follows its document, and goes with its edit": async () => {
    await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    const [tab] = await until("the preview", () => tabsOfPreviews().length === 1 && tabsOfPreviews());
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const after = await vscode.workspace.openTextDocument(tab.input.modified);
    assert.equal(after.getText(), MENDED);
    const above = new vscode.WorkspaceEdit();
    above.insert(document.uri, new vscode.Position(0, 0), "# above\n");
    assert.ok(await vscode.workspace.applyEdit(above));
    await until("the preview of the new text", () => after.getText() === `# above\n${MENDED}`);
    const other = new vscode.WorkspaceEdit();
    other.insert(document.uri, new vscode.Position(1, 4), "re");
    assert.ok(await vscode.workspace.applyEdit(other));
    await until("the end of the preview", () => tabsOfPreviews().length === 0);
  },

  "an edit is discarded": async () => {
    const { ready } = await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    await vscode.commands.executeCommand("understudy.discardPreview");
    await until("the edit is gone", () => ready.of(document.uri).length === 0);
    assert.equal(document.getText(), BROKEN);
  },

  "the fix on the line of the cursor is taken, whatever stands in other tabs": async () => {
    const { inline } = await parts();
    const front = await untitled(BROKEN);
    const editor = await vscode.window.showTextDocument(front, { preview: false });
    await vscode.commands.executeCommand("understudy.fixFile");
    const [own] = await waiting(front.uri);
    const behind = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(behind.uri);
    await until("the preview", () => tabsOfPreviews().some((tab) => tab.isActive));
    await vscode.window.showTextDocument(front, editor.viewColumn);
    await until("the fix in the line", () => inline.here()?.edit.editId === own?.editId);
    assert.ok(tabsOfPreviews().length > 0);
    await vscode.commands.executeCommand("understudy.acceptPreview");
    assert.equal(front.getText(), MENDED);
    assert.equal(behind.getText(), BROKEN);
  },

  "a fix goes with its document, and with the language of it": async () => {
    const { ready, inline } = await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    await vscode.window.showTextDocument(document);
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await until("the edit is gone", () => ready.of(document.uri).length === 0);
    assert.equal(inline.here(), undefined);
    await vscode.languages.setTextDocumentLanguage(document, "python");
    assert.deepEqual(await ready.fetch(document.uri), []);
  },

  "what is asked for in a preview is about its document": async () => {
    const { front } = await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    await until("the preview", () => vscode.window.activeTextEditor?.document.uri.scheme === "understudy");
    assert.equal((await front.editor())?.document, document);
  },

  "all proved edits of a file are taken at once": async () => {
    await parts();
    const document = await untitled(TWO_BROKEN);
    await fixLine(document.uri, 2);
    await waiting(document.uri, 1);
    await fixLine(document.uri, 3);
    await waiting(document.uri, 2);
    await until("the preview", () => tabsOfPreviews().some((tab) => tab.isActive));
    await vscode.commands.executeCommand("understudy.acceptAll");
    assert.equal(document.getText(), TWO_BROKEN.replace("frist", "first").replace("secnd", "second"));
  },

  "a cell of a notebook is fixed": async () => {
    await parts();
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, BROKEN, "python");
    const first = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "size = 3\n", "python");
    const notebook = await vscode.workspace.openNotebookDocument(
      "jupyter-notebook",
      new vscode.NotebookData([first, cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    await fixLine(document.uri, 0);
    const [edit] = await waiting(document.uri);
    assert.ok(edit);
    await vscode.commands.executeCommand("understudy.take", { editId: edit.editId });
    await until("the cell's new text", () => document.getText() === MENDED);
  },

  "a command that waits outlives its start, for the place and the text that it was given for": async () => {
    const { connection } = await parts();
    const other = await untitled(TWO_BROKEN);
    const document = await untitled(TWO_BROKEN);
    const editor = await vscode.window.showTextDocument(document);
    cursorTo(editor, 2);
    void connection.restart();
    const asked = vscode.commands.executeCommand("understudy.fix");
    await until("the start", () => connection.condition.kind === "starting");
    cursorTo(editor, 3);
    await vscode.window.showTextDocument(other);
    const late = vscode.commands.executeCommand("understudy.fixFile");
    const stale = vscode.commands.executeCommand("understudy.fix");
    await vscode.window.showTextDocument(document);
    const above = new vscode.WorkspaceEdit();
    above.insert(other.uri, new vscode.Position(0, 0), "# above\n");
    assert.ok(await vscode.workspace.applyEdit(above));
    void connection.restart();
    await asked;
    const [edit] = await waiting(document.uri);
    assert.equal(edit?.textEdits[0]?.range.start.line, 2);
    // What is about a whole text is about the one that it is now.
    assert.notEqual(await late, undefined);
    assert.equal(await stale, undefined);
    await waiting(other.uri);
  },

  "the log in front is not what a command is about": async () => {
    await parts();
    const document = await untitled(BROKEN);
    await vscode.commands.executeCommand("understudy.showLog");
    await vscode.commands.executeCommand("workbench.panel.output.focus");
    await until("the log", () => vscode.window.activeTextEditor?.document.uri.scheme === "output");
    await vscode.commands.executeCommand("understudy.fixFile");
    await waiting(document.uri);
    await vscode.commands.executeCommand("workbench.action.closePanel");
  },

  "a key is handed over, is there again after a restart, and is taken back": async () => {
    const { connection, keys } = await parts();
    const name = "MISTRAL_API_KEY";
    const isThere = async (): Promise<boolean> => {
      const found = await connection.request("understudy/keys", {});
      return found.keys.some((one) => one.name === name && one.there);
    };
    assert.equal(await isThere(), false);
    await keys.set(name, "planted-key-of-the-host-suite");
    assert.equal(await isThere(), true);
    await vscode.commands.executeCommand("understudy.restart");
    const end = Date.now() + LIMIT_MS;
    while (!(await isThere())) {
      assert.ok(Date.now() < end, "the key never came");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await keys.set(name, "");
    assert.equal(await isThere(), false);
  },
};

export async function run(): Promise<void> {
  // Whoever opened the window now says that the folder is trusted; the server hears it.
  await until("trust", () => vscode.workspace.isTrusted);
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  const failed: string[] = [];
  for (const [name, test] of Object.entries(TESTS)) {
    const begun = Date.now();
    try {
      await test();
      console.log(`ok - ${name} (${String(Date.now() - begun)} ms)`);
    } catch (failure) {
      failed.push(name);
      console.log(`not ok - ${name}: ${failure instanceof Error ? (failure.stack ?? "") : String(failure)}`);
    }
  }
  if (failed.length > 0) {
    throw new Error(`${String(failed.length)} tests failed`);
  }
}
