// What the extension and the page of runs say to each other.

import type { RunReport, RunRow, Work } from "../generated/protocol";

/** What the page is told. */
export type ToPage =
  | { readonly kind: "runs"; readonly runs: readonly RunRow[]; readonly work: readonly Work[] }
  | { readonly kind: "reports"; readonly reports: readonly RunReport[] }
  | { readonly kind: "problem"; readonly text: string };

/** What the page says. */
export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly runId: string }
  | { readonly kind: "back" }
  | { readonly kind: "cancel"; readonly runId: string };
