// Comma-separated values (RFC 4180).

import type { StatsRow } from "./generated/protocol";

/** Rows of numbers about models, one column for each plain value. Unknown is empty. */
export function statsCsv(rows: readonly StatsRow[]): string {
  const table = rows.map((row) => new Map(Object.entries(row).filter(isPlain)));
  const [first] = table;
  if (first === undefined) {
    return "";
  }
  const columns = [...first.keys()].filter((name) => table.every((row) => row.has(name)));
  const lines = table.map((row) => columns.map((name) => cell(row.get(name) ?? "")));
  return [columns.map(cell), ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

type Plain = string | number | boolean | null;

function isPlain(entry: [string, unknown]): entry is [string, Plain] {
  return entry[1] === null || typeof entry[1] !== "object";
}

function cell(value: Exclude<Plain, null>): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
