import assert from "node:assert/strict";
import test from "node:test";
import * as vscode from "vscode";
import type { Connection } from "../../src/connection";
import { chooseConsent } from "../../src/consent";
import type { FolderConsents, ProviderConsent } from "../../src/generated/protocol";
import { Missing } from "../../src/missing";

/** What the user is asked, and what they answer. */
const user = vscode as unknown as { asked: [kind: string, ...call: unknown[]][]; answers: unknown[] };

const provider = (name: string, agreed: boolean): ProviderConsent => ({
  provider: name,
  title: name.toUpperCase(),
  origin: `https://api.${name}.com`,
  agreed,
});

const folder = (name: string, ...providers: ProviderConsent[]): FolderConsents => ({
  uri: `file:///w/${name}`,
  name,
  trusted: true,
  providers,
});

async function play(folders: readonly FolderConsents[], ...answers: unknown[]): Promise<unknown[]> {
  user.asked.length = 0;
  user.answers.splice(0, Infinity, ...answers);
  const said: unknown[] = [];
  const request = (method: string, params: unknown): Promise<unknown> => {
    if (method === "understudy/setConsent") {
      said.push(params);
    }
    return Promise.resolve({ folders });
  };
  await chooseConsent({ request } as unknown as Connection);
  return said;
}

test("what is ticked may see the code, what is no longer ticked may not, and the rest stays", async () => {
  const shop = folder("shop", provider("one", true), provider("two", false), provider("three", true));
  const tick = (entries: readonly { one: ProviderConsent }[]): unknown[] =>
    entries.filter(({ one }) => one.provider !== "one");
  assert.deepEqual(await play([shop], tick), [
    { uri: shop.uri, provider: "one", agreed: false },
    { uri: shop.uri, provider: "two", agreed: true },
  ]);
  const [[, entries] = [], [, told] = []] = user.asked;
  const picked = (entries as { label: string; description: string; picked: boolean }[])[0];
  assert.deepEqual([picked?.label, picked?.description, picked?.picked], ["ONE", "https://api.one.com", true]);
  assert.equal(told, "Understudy: code of shop may be sent to TWO, THREE.");
});

test("who changes their mind changes nothing", async () => {
  assert.deepEqual(await play([folder("shop", provider("one", false))], undefined), []);
});

test("of several folders one is chosen first", async () => {
  const folders = [folder("shop", provider("one", true)), folder("bank", provider("one", false))];
  const second = (entries: readonly unknown[]): unknown => entries[1];
  const said = await play(folders, second, (entries: readonly unknown[]) => entries);
  assert.deepEqual(said, [{ uri: "file:///w/bank", provider: "one", agreed: true }]);
});

test("without anybody to agree to, or a folder, that is said", async () => {
  await assert.rejects(play([folder("shop")]), Missing);
  await assert.rejects(play([]), Missing);
});

test("for a folder without trust, trust is offered and nothing else", async () => {
  const shop = { ...folder("shop", provider("one", false)), trusted: false };
  assert.deepEqual(await play([shop], "Manage Trust"), []);
  assert.match(String(user.asked[0]?.[1]), /you do not trust shop/);
});
