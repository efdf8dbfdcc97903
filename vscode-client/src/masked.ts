// Logs without keys.

import type { LogOutputChannel } from "vscode";

const SHOWN = "<key>";

/** A log that never shows one of the secrets, whichever way it is written to. */
export function masked(log: LogOutputChannel, secrets: () => Iterable<string>): LogOutputChannel {
  const clean = (value: unknown): unknown => {
    if (typeof value !== "string") {
      return value;
    }
    let text = value;
    for (const secret of secrets()) {
      text = text.replaceAll(secret, SHOWN).replaceAll(JSON.stringify(secret).slice(1, -1), SHOWN);
    }
    return text;
  };
  return new Proxy(log, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== "function") {
        return found;
      }
      return (...values: unknown[]): unknown => Reflect.apply(found, target, values.map(clean));
    },
  });
}
