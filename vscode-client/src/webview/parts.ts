// Parts of pages. Everything is written as text; nothing that comes in is ever read as HTML.

import type { FromPage } from "./messages";

declare function acquireVsCodeApi(): { postMessage(said: FromPage): void };

export const editor = acquireVsCodeApi();
export type Child = Node | string;

export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  children: readonly Child[] = [],
  className = "",
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

export function button(title: string, said: FromPage): HTMLButtonElement {
  const made = make("button", [title]);
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    editor.postMessage(said);
  });
  return made;
}

export function money(usd: number | null): string {
  if (usd === null) {
    return "?";
  }
  return usd === 0 ? "free" : `$${usd.toFixed(4)}`;
}

export function time(ms: number): string {
  return new Date(ms).toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });
}

export function verdict(band: string, score: number | null): string {
  return score === null ? band : `${band} ${score.toFixed(2)}`;
}

export function seconds(value: number | null): string {
  return value === null ? "" : `${value.toFixed(2)} s`;
}

/** A table whose last columns hold numbers. */
export function table(words: readonly string[], numbers: readonly string[], rows: readonly Node[]): HTMLElement {
  const headings = [...words.map((one) => make("th", [one])), ...numbers.map((one) => make("th", [one], "number"))];
  return make("table", [make("thead", [make("tr", headings)]), make("tbody", rows)]);
}

/** What the page can show, with the one that it shows. */
export function tabs(open: "Runs" | "Models"): HTMLElement {
  const all = [button("Runs", { kind: "back" }), button("Models", { kind: "models", days: null })];
  for (const one of all) {
    one.setAttribute("aria-pressed", String(one.textContent === open));
  }
  return make("nav", all);
}
