// Plays scenarios one after the other in one browser: a line of JSON asks for each, a line answers.
//
// The browser stays, and with it what it loaded and compiled of VS Code. A window stays too, until a line
// says `leave`: then what VS Code keeps in the browser is forgotten, so that the next window is as it is
// at first.
import path from "node:path";
import readline from "node:readline";
import { createRequire } from "node:module";
import { LIMIT_MS, Workbench } from "./workbench.mjs";

const { VSCODE_URL, PROFILE, CLIENT, CHROMIUM } = process.env;
const { chromium } = createRequire(path.join(CLIENT, "package.json"))("playwright-core");
const KEPT_BY_PAGES = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage";

async function launch() {
  return await chromium.launchPersistentContext(PROFILE, {
    executablePath: CHROMIUM,
    viewport: { width: 1280, height: 800 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

let open;

/** Plays a scenario in the window that is open, or else in a fresh one; a picture is taken when it fails. */
async function played(context, { scenario, out, given }) {
  const { default: play } = await import(`./${scenario}.mjs`);
  const isFresh = open === undefined;
  open ??= await fresh(context);
  open.out = out;
  try {
    if (!isFresh) {
      await open.tidy();
    }
    return { seen: (await play(open, given)) ?? {} };
  } catch (failure) {
    await open.picture("failed.png").catch(() => {});
    const said = await open.allMessages().catch(() => []);
    await leave(context);
    return { failure: [failure.stack ?? String(failure), "Messages:", ...said].join("\n") };
  }
}

async function fresh(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  // What turns without end would be drawn without end.
  await page.addInitScript((css) => {
    addEventListener("DOMContentLoaded", () => {
      document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
    });
  }, "* { animation-iteration-count: 1 !important; }");
  page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
  return new Workbench(page, VSCODE_URL);
}

/** Leaves a window as somebody who closes it: its processes end, and nothing of it is kept. */
async function leave(context) {
  const page = open?.page;
  open = undefined;
  if (page !== undefined) {
    await page.goto("about:blank").catch(() => {});
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: VSCODE_URL, storageTypes: KEPT_BY_PAGES });
    await page.close();
  }
  return { seen: {} };
}

const context = await launch();
for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = asked.leave ? await leave(context) : await played(context, asked);
  console.log(JSON.stringify(answer));
}
await context.close();
