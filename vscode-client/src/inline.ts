// A proved edit for the line of the cursor, shown within the text. `Tab` takes it.

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import type { ReadyEdit } from "./generated/protocol";
import type { ReadyEdits } from "./ready";
import { inlineEnabled } from "./settings";
import { editBeside, editInFront } from "./sides";
import { fitsGhost, lineChange, shortened, type LineChange } from "./text";

const HERE = "understudy.inlineFix";

interface Suggestion {
  readonly edit: ReadyEdit;
  readonly change: LineChange;
}

/** Ghost text, only where VS Code can show it; elsewhere `InlineFixes` draws. */
export const ghostText: NonNullable<Middleware["provideInlineCompletionItems"]> = async (
  document,
  position,
  context,
  token,
  next,
) => {
  if (!inlineEnabled()) {
    return [];
  }
  const found = await next(document, position, context, token);
  const items = Array.isArray(found) ? found : (found?.items ?? []);
  const { text } = document.lineAt(position.line);
  return items.filter((item) => {
    const after = typeof item.insertText === "string" ? item.insertText : item.insertText.value;
    return fitsGhost(text, after, position.character);
  });
};

export class InlineFixes implements vscode.Disposable {
  private readonly gone = vscode.window.createTextEditorDecorationType({
    textDecoration: "line-through",
    opacity: "0.6",
  });
  private readonly comes = vscode.window.createTextEditorDecorationType({});
  private readonly parts: vscode.Disposable[] = [];
  private drawn: vscode.TextEditor | undefined;
  private suggestion: Suggestion | undefined;

  constructor(private readonly ready: ReadyEdits) {
    const look = (): void => {
      void this.look();
    };
    this.parts.push(
      this.gone,
      this.comes,
      ready.onChange(look),
      vscode.window.onDidChangeTextEditorSelection(look),
      vscode.window.onDidChangeActiveTextEditor(look),
    );
  }

  /** Takes the edit on the line of the cursor. */
  async accept(): Promise<void> {
    const editId = this.suggestion?.edit.editId ?? this.here()?.edit.editId;
    if (editId !== undefined) {
      await this.ready.take(editId);
    }
  }

  /** The edit for the line of the cursor, if there is one. */
  here(): Suggestion | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !inlineEnabled() || editor.selections.length !== 1 || !editor.selection.isEmpty) {
      return undefined;
    }
    const { document, selection } = editor;
    for (const edit of this.ready.of(document.uri).toReversed()) {
      const suggestion = suggested(edit, document);
      if (suggestion?.change.line === selection.active.line) {
        return suggestion;
      }
    }
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.parts).dispose();
  }

  private async look(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const found = this.here();
    if (this.drawn !== undefined && (found === undefined || this.drawn !== editor)) {
      this.drawn.setDecorations(this.gone, []);
      this.drawn.setDecorations(this.comes, []);
      this.drawn = undefined;
    }
    const isGhost = found !== undefined && editor !== undefined && shownAsGhost(found, editor);
    this.suggestion = isGhost ? undefined : found;
    await vscode.commands.executeCommand("setContext", HERE, this.suggestion !== undefined);
    if (isGhost) {
      await vscode.commands.executeCommand("editor.action.inlineSuggest.trigger");
    } else if (found !== undefined && editor !== undefined) {
      this.draw(editor, found);
    }
  }

  private draw(editor: vscode.TextEditor, { edit, change }: Suggestion): void {
    this.drawn = editor;
    const going = new vscode.Range(change.line, change.start, change.line, change.end);
    const behind = new vscode.Range(change.line, change.end, change.line, change.end);
    const hoverMessage = links(edit);
    editor.setDecorations(this.gone, going.isEmpty ? [] : [{ range: going, hoverMessage }]);
    editor.setDecorations(this.comes, [
      {
        range: behind,
        hoverMessage,
        renderOptions: {
          after: {
            contentText: shortened(change.text),
            color: new vscode.ThemeColor("editorGhostText.foreground"),
            border: "1px solid",
            borderColor: new vscode.ThemeColor("editorGhostText.border"),
            margin: "0 0 0 0.3em",
          },
        },
      },
    ]);
  }
}

/** The fix that somebody looks at: in front, on the line of the cursor, or beside that. */
export function seenEdit(inline: InlineFixes): string | undefined {
  return editInFront() ?? inline.here()?.edit.editId ?? editBeside();
}

function shownAsGhost({ change }: Suggestion, editor: vscode.TextEditor): boolean {
  return fitsGhost(change.before, change.after, editor.selection.active.character);
}

/** Nothing for an edit of another text than this one: its place may be elsewhere by now. */
function suggested(edit: ReadyEdit, document: vscode.TextDocument): Suggestion | undefined {
  if (edit.version !== document.version || edit.band === "review" || edit.files.length > 0) {
    return undefined;
  }
  const change = lineChange(edit.textEdits, (line) => (line < document.lineCount ? document.lineAt(line).text : ""));
  return change === undefined ? undefined : { edit, change };
}

/** What can be done about an edit, where the mouse rests on it. */
function links(edit: ReadyEdit): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([edit.editId]));
  const link = (title: string, command: string): string => `[${title}](command:understudy.${command}?${argument})`;
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = {
    enabledCommands: ["acceptPreview", "showPreview", "nextModel", "why", "discardPreview"].map(
      (name) => `understudy.${name}`,
    ),
  };
  text.appendText(edit.title);
  text.appendMarkdown(
    `\n\n${[
      link("Accept", "acceptPreview"),
      link("Preview", "showPreview"),
      link("Next model", "nextModel"),
      link("Why?", "why"),
      link("Discard", "discardPreview"),
    ].join(" · ")}`,
  );
  return text;
}
