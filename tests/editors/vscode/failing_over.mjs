// A key is set, the first model fails, the second one answers; the view of runs tells who and why.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED, KEY }) => {
  const { page } = workbench;
  await workbench.openBasket(FOLDER, KEY);
  await workbench.quickFix('Understudy: Fix: "something_else_entirely"');
  await workbench.preview();
  const tab = await page.locator(".tab.active").innerText();
  // The side bar makes room for the picture.
  await workbench.keyboard.press("Control+b");
  await workbench.titleButton("Why This Fix?");
  const runs = workbench.runs();
  await runs.getByText("Who was asked").waitFor();
  const asked = await runs.locator("h2:has-text('Who was asked') + ul > li").allInnerTexts();
  const tried = await runs.locator("h2:has-text('What was tried') + ul").innerText();
  await page.mouse.move(640, 300);
  await workbench.picture("why.png");
  await runs.getByText("Back").click();
  const row = runs.locator("tbody tr", { hasText: "basket.py:5" }).first();
  await row.waitFor();
  const told = await row.innerText();
  await workbench.picture("runs.png");
  await runs.getByText("Models", { exact: true }).click();
  // The runs, in which the same names stand, are shown until the models come.
  await runs.getByRole("columnheader", { name: "Solved" }).waitFor();
  const model = runs.locator("tbody tr", { hasText: "acme/two" }).first();
  await model.waitFor();
  const counted = await model.innerText();
  await workbench.picture("models.png");
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "basket.py"), FIXED);
  return { tab, asked, tried, told, counted };
};
