// The page of runs. Everything is written as text; nothing that comes in is ever read as HTML.

import type { AttemptRow, CallRow, RunReport, RunRow } from "../generated/protocol";
import type { FromPage, ToPage } from "./messages";

declare function acquireVsCodeApi(): { postMessage(said: FromPage): void };

const editor = acquireVsCodeApi();
const main = document.getElementById("main");

type Child = Node | string;

function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  children: readonly Child[] = [],
  className = "",
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

function button(title: string, said: FromPage): HTMLButtonElement {
  const made = make("button", [title]);
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    editor.postMessage(said);
  });
  return made;
}

function money(usd: number | null): string {
  if (usd === null) {
    return "?";
  }
  return usd === 0 ? "free" : `$${usd.toFixed(4)}`;
}

function time(ms: number): string {
  return new Date(ms).toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });
}

function verdict(band: string, score: number | null): string {
  return score === null ? band : `${band} ${score.toFixed(2)}`;
}

function seconds(value: number | null): string {
  return value === null ? "" : `${value.toFixed(2)} s`;
}

const WORDS = ["When", "Task", "Where", "Problem", "Model", "Status", "Verdict", "Became"];
const NUMBERS = ["Cost", "Time"];

function table(runs: readonly RunRow[]): HTMLElement {
  const headings = [...WORDS.map((one) => make("th", [one])), ...NUMBERS.map((one) => make("th", [one], "number"))];
  const head = make("thead", [make("tr", headings)]);
  return make("table", [head, make("tbody", runs.map(row))]);
}

const STATUS_CLASS: Readonly<Record<string, string>> = {
  offered: "good",
  told: "good",
  failed: "bad",
  unfixed: "bad",
  withheld: "bad",
};

function row(run: RunRow): HTMLElement {
  const where = run.line > 0 ? `${run.path}:${String(run.line)}` : run.path;
  const ended = run.reason === run.status ? "" : run.reason;
  const made = make("tr", [
    make("td", [time(run.startedMs)], "quiet"),
    make("td", [run.task]),
    make("td", [where]),
    make("td", [run.code]),
    make("td", [run.model]),
    make("td", [`${run.status || "under way"} ${ended}`.trim()], STATUS_CLASS[run.status]),
    make("td", [verdict(run.band, run.score)]),
    make("td", [run.became]),
    make("td", [money(run.costUsd)], "number"),
    make("td", [seconds(run.seconds)], "number"),
  ]);
  made.tabIndex = 0;
  made.dataset["run"] = run.runId;
  const open = (): void => {
    editor.postMessage({ kind: "open", runId: run.runId });
  };
  made.addEventListener("click", open);
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      open();
    }
  });
  return made;
}

function call(one: CallRow, before: CallRow | undefined): HTMLElement {
  const why = one.how === "next" && before !== undefined ? `next after ${before.category}` : one.how;
  const cost = one.remembered ? "from the cache" : money(one.costUsd);
  const isCounted = one.tokensIn !== null || one.tokensOut !== null;
  const tokens = isCounted ? `${String(one.tokensIn ?? "?")} + ${String(one.tokensOut ?? "?")} tokens` : "";
  const ended = `${one.status} ${one.category}`.trim();
  const words = [one.model, why, ended, tokens, cost, seconds(one.seconds)].filter((word) => word !== "").join(" · ");
  return make("li", [words], one.status === "answered" ? "" : "bad");
}

function attempt(one: AttemptRow): HTMLElement {
  const facts = [...one.stops.map((stop) => `stopped by ${stop}`), ...one.checks, ...one.signals];
  const author = one.author === one.model ? "" : ` (${one.author})`;
  const ended = `${one.status} ${one.category}`.trim();
  const told = `${one.model}${author}: ${ended}, ${verdict(one.band, one.score)}, ${seconds(one.seconds)}`;
  return make("li", [told, make("ul", facts.map((fact) => make("li", [fact])))]);
}

function report({ run, calls, attempts }: RunReport): HTMLElement[] {
  const shown: HTMLElement[] = [make("h2", [`${run.task} ${run.path}${run.line > 0 ? `:${String(run.line)}` : ""} ${run.code}`])];
  shown.push(table([run]));
  if (calls.length > 0) {
    const lines = calls.map((one, number) => call(one, calls[number - 1]));
    shown.push(make("h2", ["Who was asked"]), make("ul", lines));
  }
  if (attempts.length > 0) {
    shown.push(make("h2", ["What was tried, and what was found out"]), make("ul", attempts.map(attempt)));
  }
  return shown;
}

function show(told: ToPage): readonly Child[] {
  switch (told.kind) {
    case "problem":
      return [make("p", [told.text], "quiet")];
    case "reports":
      return [button("Back", { kind: "back" }), ...told.reports.flatMap(report)];
    case "runs": {
      const work = told.work.map((one) =>
        make("p", [`${one.title} `, button("Cancel", { kind: "cancel", runId: one.runId })]),
      );
      const none = make("p", ["No runs yet. Put the cursor on a problem and ask for a quick fix."], "quiet");
      return [...work, told.runs.length > 0 ? table(told.runs) : none];
    }
  }
}

window.addEventListener("message", (event: MessageEvent<ToPage>) => {
  main?.replaceChildren(...show(event.data));
});
editor.postMessage({ kind: "ready" });
