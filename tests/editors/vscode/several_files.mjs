// An edit of two files: shown side by side with the buttons of a preview, discarded, closed, taken.
import fs from "node:fs";
import path from "node:path";

const TITLE = "2 files";

export default async (workbench, { FOLDER, KEY }) => {
  const { page, keyboard } = workbench;
  const tab = page.locator(".tab", { hasText: TITLE });
  const shown = page.locator(".tab.active", { hasText: TITLE });
  const headers = page.locator(".multiDiffEntry .header .file-path");
  const read = (name) => fs.readFileSync(path.join(FOLDER, name), "utf8");
  const ask = async () => {
    await workbench.openFile("shop.py");
    await workbench.goTo(1, 5);
    await workbench.command("Understudy: Change the Selected Code…");
    await workbench.answer("What is to be done", "Call it sum_of, in use.py too.");
    await shown.waitFor();
    await headers.nth(1).waitFor();
  };
  await workbench.open(FOLDER);
  await workbench.openFile("shop.py");
  await workbench.serverRuns();
  await workbench.setKey("ACME_KEY", KEY);

  await ask();
  const files = await headers.allInnerTexts();
  const buttons = await workbench.titleButtons();
  await workbench.picture("several.png");
  await workbench.titleButton("Discard This Fix");
  await tab.waitFor({ state: "detached" });
  const discarded = [read("shop.py"), read("use.py")];

  // Closed by hand, it is no longer what "this fix" means: it is shown again first.
  await ask();
  await workbench.command("View: Close Editor");
  await tab.waitFor({ state: "detached" });
  await workbench.openFile("shop.py");
  await workbench.command("Understudy: Accept This Fix");
  await shown.waitFor();
  const closed = [read("shop.py"), read("use.py")];
  const checked = await page.locator('#workbench\\.parts\\.statusbar [id$="understudy.told"]').innerText();

  await headers.nth(1).waitFor();
  await page.locator(".multiDiffEntry .view-line").last().click();
  await keyboard.press("Control+Enter");
  await tab.waitFor({ state: "detached" });
  await page.locator(".tab.active", { hasText: "shop.py" }).waitFor();
  // The browser build saves by itself, and the document that comes back would close a palette.
  await workbench.until(() => read("use.py").includes("sum_of") && read("shop.py").includes("sum_of"));
  return { files, buttons, discarded, closed, checked };
};
