// A key is set, the first model fails, the second one answers; the view of runs tells who and why.
import path from "node:path";
import { play } from "./workbench.mjs";

const { FOLDER, FIXED, KEY } = process.env;

await play(async (workbench) => {
  const { page } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("basket.py");
  await workbench.serverRuns();
  await workbench.setKey("ACME_KEY", KEY);
  await workbench.goTo(5, 14);
  await workbench.quickFix('Understudy: Fix: "something_else_entirely"');
  await workbench.preview();
  const tab = await page.locator(".tab.active").innerText();
  // The side bar makes room for the picture.
  await workbench.keyboard.press("Control+b");
  await workbench.titleButton("Why This Fix?");
  const runs = workbench.runs();
  await runs.getByText("Who was asked").waitFor();
  const asked = await runs.locator("ul").first().locator("li").allInnerTexts();
  const tried = await runs.locator("ul").nth(1).innerText();
  await page.mouse.move(640, 300);
  await workbench.picture("why.png");
  await runs.getByText("Back").click();
  const row = runs.locator("tbody tr", { hasText: "basket.py:5" }).first();
  await row.waitFor();
  const told = await row.innerText();
  await workbench.picture("runs.png");
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "basket.py"), FIXED);
  return { tab, asked, tried, told };
});
