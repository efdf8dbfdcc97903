import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import test from "node:test";
import type { ExtensionContext, LogOutputChannel } from "vscode";
import { Trace } from "vscode-languageclient/node";
import { Client } from "../../src/client";
import type { Condition, Connection } from "../../src/connection";
import { Endings } from "../../src/endings";
import { Keys } from "../../src/keys";
import { masked } from "../../src/masked";
import { folder, ONLY_POSIX, script } from "./programs";

const NAME = "ACME_KEY";
const KEY = "planted-key \"of\" the unit tests";
/** Answers everything with nothing, and says on its error output what it was told. */
const SERVER = `
let told = Buffer.alloc(0);
process.stdin.on("data", (more) => {
  told = Buffer.concat([told, more]);
  for (;;) {
    const [head, size] = /^Content-Length: (\\d+)\\r\\n\\r\\n/.exec(told) ?? [];
    if (head === undefined || told.length < head.length + Number(size)) {
      return;
    }
    const said = told.subarray(head.length, head.length + Number(size)).toString();
    told = told.subarray(head.length + Number(size));
    console.error(said);
    const { id, method } = JSON.parse(said);
    if (method === "exit") {
      process.exit(0);
    }
    const result = method === "initialize" ? { capabilities: {} } : {};
    const answer = JSON.stringify({ jsonrpc: "2.0", id, result });
    if (id !== undefined) {
      process.stdout.write("Content-Length: " + Buffer.byteLength(answer) + "\\r\\n\\r\\n" + answer);
    }
  }
});
`;

const dispose = (): void => undefined;

/** VS Code's places for what an extension keeps. */
function kept(): { context: ExtensionContext; secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const context = {
    secrets: {
      get: (name: string) => Promise.resolve(secrets.get(name)),
      store: (name: string, value: string) => Promise.resolve(secrets.set(name, value)),
      delete: (name: string) => Promise.resolve(secrets.delete(name)),
    },
    globalState: {
      get: (name: string, otherwise: unknown) => state.get(name) ?? otherwise,
      update: (name: string, value: unknown) => Promise.resolve(state.set(name, value)),
    },
  };
  return { context: context as unknown as ExtensionContext, secrets };
}

test("a key is in no log, however much of the talk is written into it", { ...ONLY_POSIX, timeout: 30_000 }, async () => {
  const place = await folder();
  await writeFile(path.join(place, "server.cjs"), SERVER, "utf8");
  const command = await script(path.join(place, "understudy"), `exec '${process.execPath}' '${place}/server.cjs'`);
  const written: string[] = [];
  const write = (...said: unknown[]): void => {
    written.push(said.map((one) => JSON.stringify(one)).join(" "));
  };
  const ways = ["info", "warn", "error", "debug", "trace", "append", "appendLine"];
  const channel = { ...Object.fromEntries(ways.map((way) => [way, write])), onDidChangeLogLevel: () => ({ dispose }) };
  const known: { of?: Keys } = {};
  const log = masked(channel as unknown as LogOutputChannel, () => known.of?.secrets ?? []);
  const client = new Client({ command, folder: place }, new Endings(() => true), {
    outputChannel: log,
    traceOutputChannel: log,
  });
  await client.start();
  await client.setTrace(Trace.Verbose);
  const conditions: ((condition: Condition) => void)[] = [];
  const connection = {
    onCondition: (run: (condition: Condition) => void) => conditions.push(run),
    request: async (method: string, params: unknown) => await client.sendRequest(method, params),
  } as unknown as Connection;
  const { context, secrets } = kept();
  known.of = new Keys(context, connection, log);

  await known.of.set(NAME, KEY);
  assert.deepEqual([...secrets.values()], [KEY]);
  known.of = new Keys(context, connection, log);
  const handed = written.length;
  conditions.at(-1)?.({ kind: "running" });
  while (!written.slice(handed).some((line) => line.includes("setKey") && line.includes("<key>"))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await known.of.set(NAME, "");
  assert.equal(secrets.size, 0);
  await client.leave();
  const told = written.join("\n");
  assert.match(told, /understudy\/setKey/);
  assert.ok(!told.includes("planted-key"), told);
});
