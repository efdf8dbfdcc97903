// How each model does, as a table.

import type { ImportedModelRow, StatsAnswer, StatsRow } from "../generated/protocol";
import { button, make, money, table, type Child } from "./parts";

const WORDS = ["Model"];
const NUMBERS = ["Runs", "Solved", "95 %", "First try", "Rescued", "Kept", "Undone", "Half within", "19 of 20", "Cost"];
const PERIODS = [
  { days: 7, title: "7 days" },
  { days: 30, title: "30 days" },
  { days: null, title: "All" },
] as const;

function share(value: number | null): string {
  return value === null ? "" : `${(100 * value).toFixed(0)} %`;
}

function range(ends: readonly number[] | null): string {
  return ends === null ? "" : ends.map((end) => (100 * end).toFixed(0)).join("–");
}

function time(ms: number | null): string {
  return ms === null ? "" : `${(ms / 1000).toFixed(2)} s`;
}

function row(one: StatsRow): HTMLElement {
  const numbers = [
    String(one.totalRuns),
    share(one.successRate),
    range(one.ci95),
    share(one.firstTryRate),
    String(one.neededRescue),
    share(one.keptRate),
    share(one.undoneRate),
    time(one.p50LatencyMs),
    time(one.p95LatencyMs),
    `${one.estimated ? "~" : ""}${money(one.costUsd)}`,
  ];
  return make("tr", [make("td", [one.name]), ...numbers.map((told) => make("td", [told], "number"))]);
}

function imported(one: ImportedModelRow): HTMLElement {
  const numbers = [
    one.totalRuns === null ? "" : String(one.totalRuns),
    share(one.successRate),
    String(one.failures),
    time(one.avgLatencyMs),
  ];
  return make("tr", [make("td", [one.name]), ...numbers.map((told) => make("td", [told], "number"))]);
}

/** The table of models, with what it can be told for and saved as. */
export function models(stats: StatsAnswer, days: number | null): readonly Child[] {
  const periods = PERIODS.map((one) => {
    const made = button(one.title, { kind: "models", days: one.days });
    made.setAttribute("aria-pressed", String(one.days === days));
    return made;
  });
  const saves = (["csv", "json"] as const).map((form) => {
    const made = button(`As ${form.toUpperCase()}`, { kind: "export", form, days });
    made.className = "plain";
    return made;
  });
  const nobody = make("p", ["No model was asked in this time."], "quiet");
  const rows = stats.stats.map(row);
  const others = stats.imported.map(imported);
  const apart =
    others.length > 0
      ? [
          make("h2", ["Imported from other programs, and counted nowhere above"]),
          table(WORDS, ["Runs", "Solved", "Failures", "An answer"], others),
        ]
      : [];
  return [make("nav", [...periods, ...saves]), rows.length > 0 ? table(WORDS, NUMBERS, rows) : nobody, ...apart];
}
