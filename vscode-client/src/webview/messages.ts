// What the extension and the page of runs say to each other.

import type { RunReport, RunRow, StatsAnswer, Work } from "../generated/protocol";

/** What the page is told. */
export type ToPage =
  | { readonly kind: "runs"; readonly runs: readonly RunRow[]; readonly work: readonly Work[] }
  | { readonly kind: "reports"; readonly reports: readonly RunReport[] }
  | { readonly kind: "models"; readonly stats: StatsAnswer; readonly days: number | null }
  | { readonly kind: "problem"; readonly text: string };

/** What the page says. */
export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly runId: string }
  | { readonly kind: "back" }
  | { readonly kind: "models"; readonly days: number | null }
  | { readonly kind: "export"; readonly form: "csv" | "json"; readonly days: number | null }
  | { readonly kind: "remember"; readonly runId: string }
  | { readonly kind: "cancel"; readonly runId: string };
