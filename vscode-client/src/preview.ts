// An edit that waits, beside the document as it is: taken, discarded, or asked for anew.

import * as vscode from "vscode";
import { Attention } from "./attention";
import type { Connection } from "./connection";
import type { Preview, ReadyEdit } from "./generated/protocol";
import { noFix } from "./missing";
import type { ReadyEdits, Waiting } from "./ready";
import { previewsInline } from "./settings";
import {
  after,
  editInFront,
  hasSeveral,
  nameOf,
  openDocument,
  openSides,
  parsed,
  SCHEME,
  shortTitle,
  speakAlike,
  tabEdit,
} from "./sides";
import { applied, lineChange } from "./text";
import { Told } from "./told";

const SHOWN = "understudy.preview";
/** Whether an editor with all files of an edit is in front; VS Code has no other name for ours. */
const SEVERAL = "understudy.previewOfFiles";
const SHOW = "Show";

interface Shown extends Waiting {
  /** What is known of how it came about. */
  readonly told: string;
}

export class Previews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly moved = new vscode.EventEmitter<vscode.Uri>();
  private readonly shown = new Map<string, Shown>();
  private readonly parts: vscode.Disposable[] = [];
  private readonly words = new Told();
  readonly attention = new Attention();
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
        this.noteFront();
      }),
      vscode.window.tabGroups.onDidChangeTabGroups(() => {
        this.noteFront();
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

  /**
   * Shows an edit beside its document, or beside all files that it changes.
   *
   * @param told - what is known of how it came about; what was checked, where it is shown once more.
   */
  async show(uri: vscode.Uri, edit: ReadyEdit, told = edit.told): Promise<void> {
    this.shown.set(edit.editId, { uri, edit, told });
    await setContext(SHOWN, true);
    await speakAlike(uri, edit);
    if (this.ready.find(edit.editId) !== undefined) {
      await openSides(uri, edit);
      // What was typed while it opened is not in it yet.
      await this.ready.fetch(uri);
    }
    if (this.ready.find(edit.editId) === undefined) {
      // It went meanwhile.
      await this.close(edit.editId);
    } else {
      this.noteFront();
    }
  }

  /** Takes an edit, and shows the document as it is then. */
  async accept(editId: string): Promise<void> {
    const shown = this.named(editId);
    await this.ready.take(shown.edit.editId);
    await this.close(shown.edit.editId);
    await this.reveal(shown.uri, shown.edit);
  }

  /** Takes every proved edit of the document; what is for review is left to a look of its own. */
  async acceptAll(editId: string): Promise<void> {
    const shown = this.named(editId);
    const first = shown.edit.editId;
    await this.ready.take(first);
    for (const edit of await this.ready.fetch(shown.uri)) {
      if (edit.band !== "review") {
        await this.ready.take(edit.editId);
      }
    }
    await this.close(first);
    await this.reveal(shown.uri, shown.edit);
  }

  async discard(editId: string): Promise<void> {
    await this.connection.execute("understudy.discard", { editId });
    await this.close(editId);
  }

  /** Asks another model for the same thing; its edit takes this one's place. */
  async nextModel(editId: string): Promise<void> {
    const shown = this.named(editId);
    const { others, command, arguments: asked } = shown.edit;
    if (others.length === 0) {
      void vscode.window.showInformationMessage(
        "Understudy: no other model is known. “Understudy: Set or Remove an API Key” adds some.",
      );
      return;
    }
    const [only] = others;
    const model =
      others.length === 1 ? only : await vscode.window.showQuickPick(others, { title: "Which model is asked?" });
    if (model !== undefined) {
      this.attention.begins(shown.uri);
      await this.connection.execute(command, { ...asked, model });
    }
  }

  async why(editId: string): Promise<void> {
    const [runId] = this.named(editId).edit.runIds;
    if (runId !== undefined) {
      await this.explain(runId);
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts, this.words, this.attention).dispose();
    this.moved.dispose();
  }

  private named(editId: string): Waiting {
    const found = this.shown.get(editId) ?? this.ready.find(editId);
    if (found === undefined) {
      throw noFix();
    }
    return found;
  }

  private async offered(preview: Preview): Promise<void> {
    const uri = vscode.Uri.parse(preview.uri);
    const edit = (await this.ready.fetch(uri)).find((one) => one.editId === preview.editId);
    if (edit === undefined) {
      return;
    }
    if (!this.attention.isWaiting) {
      await this.offerQuietly(uri, edit, preview.told);
      return;
    }
    if (previewsInline() && (await showLine(uri, edit))) {
      return;
    }
    await this.show(uri, edit, preview.told);
  }

  /** Says that a fix is there, and leaves the focus where it is. */
  private async offerQuietly(uri: vscode.Uri, edit: ReadyEdit, told: string): Promise<void> {
    const chosen = await vscode.window.showInformationMessage(`A fix is ready. ${nameOf(uri)}: ${shortTitle(edit)}`, SHOW);
    if (chosen !== SHOW) {
      return;
    }
    const waiting = this.ready.find(edit.editId);
    if (waiting === undefined) {
      void vscode.window.showInformationMessage("Understudy: this fix does not fit the text any more.");
    } else {
      await this.show(uri, waiting.edit, told);
    }
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
    await setContext(SHOWN, this.shown.size > 0);
  }

  /** What was checked is said of the edit in front alone. */
  private noteFront(): void {
    const front = editInFront();
    this.words.show((front === undefined ? undefined : this.shown.get(front)?.told) ?? "");
    void noteSeveral();
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

async function noteSeveral(): Promise<void> {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isOurs = activeTab !== undefined && hasSeveral(activeTab) && tabEdit(activeTab) !== undefined;
  await setContext(SEVERAL, isOurs);
}

async function setContext(name: string, value: boolean): Promise<void> {
  await vscode.commands.executeCommand("setContext", name, value);
}
