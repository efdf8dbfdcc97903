// The page of runs, and of how each model does.

import type { AttemptRow, CallRow, RunReport, RunRoute, RunRow, StrategyUsed } from "../generated/protocol";
import type { ToPage } from "./messages";
import { button, editor, make, money, seconds, table, tabs, time, verdict, type Child } from "./parts";
import { models } from "./models";

const main = document.getElementById("main");

const WORDS = ["When", "Task", "Where", "Problem", "Model", "Status", "Verdict", "Became"];
const NUMBERS = ["Cost", "Time"];

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

function strategy(one: StrategyUsed): HTMLElement {
  const after = `after ${one.category} ${one.code}`.trim();
  const words = [one.strategy, after, one.model, one.why, one.result, seconds(one.seconds)];
  return make("li", [words.join(" · ")], one.result === "cleared" ? "good" : "");
}

function attempt(one: AttemptRow): HTMLElement {
  const facts = [...one.stops.map((stop) => `stopped by ${stop}`), ...one.checks, ...one.signals];
  const author = one.author === one.model ? "" : ` (${one.author})`;
  const ended = `${one.status} ${one.category}`.trim();
  const told = `${one.model}${author}: ${ended}, ${verdict(one.band, one.score)}, ${seconds(one.seconds)}`;
  return make("li", [told, make("ul", facts.map((fact) => make("li", [fact])))]);
}

function route(one: RunRoute): HTMLElement {
  const lines = [`${one.models.join(" → ")}, chosen by ${one.provenance}`];
  if (one.explored !== "") {
    lines.push(`${one.explored} was asked first to learn about it`);
  }
  lines.push(...one.rejected.map(({ models: left, why }) => `not asked: ${left.join(", ")} ${why}`));
  return make("ul", lines.map((line) => make("li", [line])));
}

function report({ run, calls, attempts, strategies, route: chosen }: RunReport): HTMLElement[] {
  const shown: HTMLElement[] = [make("h2", [`${run.task} ${run.path}${run.line > 0 ? `:${String(run.line)}` : ""} ${run.code}`])];
  shown.push(table(WORDS, NUMBERS, [row(run)]));
  if (calls.some((one) => one.category !== "")) {
    shown.push(button("Remember This for Next Time…", { kind: "remember", runId: run.runId }));
  }
  if (chosen !== null) {
    shown.push(make("h2", ["Why these models"]), route(chosen));
  }
  if (calls.length > 0) {
    const lines = calls.map((one, number) => call(one, calls[number - 1]));
    shown.push(make("h2", ["Who was asked"]), make("ul", lines));
  }
  if (strategies.length > 0) {
    shown.push(make("h2", ["What was done after failed edits"]), make("ul", strategies.map(strategy)));
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
      const rows = told.runs.map(row);
      return [tabs("Runs"), ...work, rows.length > 0 ? table(WORDS, NUMBERS, rows) : none];
    }
    case "models":
      return [tabs("Models"), ...models(told.stats, told.days)];
  }
}

window.addEventListener("message", (event: MessageEvent<ToPage>) => {
  main?.replaceChildren(...show(event.data));
});
editor.postMessage({ kind: "ready" });
