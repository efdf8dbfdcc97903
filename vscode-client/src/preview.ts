// An edit that waits, beside the document as it is: taken, discarded, or asked for anew.

import * as vscode from "vscode";
import type { Connection } from "./connection";
import type { Preview, ReadyEdit } from "./generated/protocol";
import type { ReadyEdits } from "./ready";
import { previewsInline } from "./settings";
import { after, editIdOf, openDocument, openSides, parsed, SCHEME, speakAlike, tabEdit } from "./sides";
import { applied, lineChange } from "./text";
import { Told } from "./told";

const SHOWN = "understudy.preview";

interface Shown {
  readonly uri: vscode.Uri;
  readonly edit: ReadyEdit;
  readonly told: string;
}

export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly moved = new vscode.EventEmitter<vscode.Uri>();
  private readonly shown = new Map<string, Shown>();
  private readonly parts: vscode.Disposable[] = [];
  private readonly words = new Told();
  readonly onDidChange = this.moved.event;

  constructor(
    private readonly connection: Connection,
    private readonly ready: ReadyEdits,
    private readonly explain: (runId: string) => Promise<void>,
  ) {
    connection.on("understudy/preview", (preview) => {
      void this.offered(preview);
    });
    this.parts.push(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      ready.onChange((uri) => {
        this.follow(uri);
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        this.noteClosed(closed);
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const { editId, part } = parsed(uri);
    const shown = this.shown.get(editId);
    if (shown === undefined) {
      return "";
    }
    if (part === "after") {
      const text = openDocument(shown.uri)?.getText() ?? "";
      return applied(text, shown.edit.textEdits);
    }
    const [which, side] = part.split("-");
    const file = shown.edit.files[Number(which)];
    return (side === "before" ? file?.before : file?.after) ?? "";
  }

  /** Shows an edit beside its document, or beside all files that it changes. */
  async show(uri: vscode.Uri, edit: ReadyEdit, told: string): Promise<void> {
    this.shown.set(edit.editId, { uri, edit, told });
    await setContext(SHOWN, true);
    await speakAlike(uri, edit);
    if (this.ready.find(edit.editId) !== undefined) {
      await openSides(uri, edit);
    }
    if (this.ready.find(edit.editId) === undefined) {
      // It went meanwhile.
      await this.close(edit.editId);
    } else {
      this.words.show(told);
    }
  }

  /** Takes an edit, and shows the document as it is then. */
  async accept(editId = this.current()): Promise<void> {
    const shown = editId === undefined ? undefined : (this.shown.get(editId) ?? this.ready.find(editId));
    if (shown === undefined) {
      return;
    }
    await this.take(shown.edit.editId);
    await this.close(shown.edit.editId);
    await this.reveal(shown.uri, shown.edit);
  }

  /** Takes every proved edit of the document; what is for review is left to a look of its own. */
  async acceptAll(editId = this.current()): Promise<void> {
    const shown = editId === undefined ? undefined : this.shown.get(editId);
    if (shown === undefined) {
      return;
    }
    const first = shown.edit.editId;
    await this.take(first);
    for (const edit of await this.ready.fetch(shown.uri)) {
      if (edit.band !== "review") {
        await this.take(edit.editId);
      }
    }
    await this.close(first);
    await this.reveal(shown.uri, shown.edit);
  }

  async discard(editId = this.current()): Promise<void> {
    if (editId !== undefined) {
      await this.connection.execute("understudy.discard", { editId });
      await this.close(editId);
    }
  }

  /** Asks another model for the same thing; its edit takes this one's place. */
  async nextModel(editId = this.current()): Promise<void> {
    const shown = editId === undefined ? undefined : (this.shown.get(editId) ?? this.ready.find(editId));
    if (shown === undefined) {
      return;
    }
    const { others, command, arguments: asked } = shown.edit;
    if (others.length === 0) {
      void vscode.window.showInformationMessage("Understudy: no other model is known. `Set an API Key` adds some.");
      return;
    }
    const [only] = others;
    const model =
      others.length === 1 ? only : await vscode.window.showQuickPick(others, { title: "Which model is asked?" });
    if (model !== undefined) {
      await this.connection.execute(command, { ...asked, model });
    }
  }

  async why(editId = this.current()): Promise<void> {
    const shown = editId === undefined ? undefined : (this.shown.get(editId) ?? this.ready.find(editId));
    const [runId] = shown?.edit.runIds ?? [];
    if (runId !== undefined) {
      await this.explain(runId);
    }
  }

  /** The edit whose preview is in front, or else the latest one. */
  current(): string | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    const front = input instanceof vscode.TabInputTextDiff ? editIdOf(input.modified) : undefined;
    return front ?? [...this.shown.keys()].at(-1);
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts, this.words).dispose();
    this.moved.dispose();
  }

  private async offered(preview: Preview): Promise<void> {
    const uri = vscode.Uri.parse(preview.uri);
    const edit = (await this.ready.fetch(uri)).find((one) => one.editId === preview.editId);
    if (edit === undefined) {
      return;
    }
    if (previewsInline() && (await showLine(uri, edit))) {
      return;
    }
    await this.show(uri, edit, preview.told);
  }

  private async take(editId: string): Promise<void> {
    await this.connection.execute("understudy.take", { editId });
    await this.ready.gone(editId);
  }

  /** Carries open previews along with their document, and closes those whose edit is gone. */
  private follow(uri: vscode.Uri): void {
    const edits = this.ready.of(uri);
    for (const [editId, shown] of this.shown) {
      if (shown.uri.toString() !== uri.toString()) {
        continue;
      }
      const edit = edits.find((one) => one.editId === editId);
      if (edit === undefined) {
        void this.close(editId);
      } else {
        this.shown.set(editId, { ...shown, edit });
        this.moved.fire(after(uri, editId));
      }
    }
  }

  private async close(editId: string): Promise<void> {
    this.shown.delete(editId);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter((tab) => tabEdit(tab) === editId);
    if (ours.length > 0) {
      await vscode.window.tabGroups.close(ours);
    }
    await this.note();
  }

  private async note(): Promise<void> {
    if (this.shown.size === 0) {
      this.words.hide();
    }
    await setContext(SHOWN, this.shown.size > 0);
  }

  private noteClosed(closed: readonly vscode.Tab[]): void {
    for (const tab of closed) {
      const editId = tabEdit(tab);
      if (editId !== undefined && this.shown.delete(editId)) {
        void this.note();
      }
    }
  }

  private async reveal(uri: vscode.Uri, edit: ReadyEdit): Promise<void> {
    const editor = await vscode.window.showTextDocument(uri, { preview: false });
    const [first] = edit.textEdits;
    if (first !== undefined) {
      const at = new vscode.Position(first.range.start.line, first.range.start.character);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }
}

/** Brings the line of an edit of one line to the front, where it is shown within the text. */
async function showLine(uri: vscode.Uri, edit: ReadyEdit): Promise<boolean> {
  const document = openDocument(uri);
  const isReview = edit.band === "review" || edit.files.length > 0;
  if (document === undefined || isReview) {
    return false;
  }
  const change = lineChange(edit.textEdits, (line) => document.lineAt(line).text);
  if (change === undefined) {
    return false;
  }
  const editor = await vscode.window.showTextDocument(document);
  if (editor.selection.active.line !== change.line) {
    const at = new vscode.Position(change.line, change.end);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
  return true;
}

async function setContext(name: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", name, value);
}
