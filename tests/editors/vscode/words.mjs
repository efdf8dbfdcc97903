// An explanation that grows beside the code, then a review whose findings stand in it.
import fs from "node:fs";
import path from "node:path";

export default async (workbench, { FOLDER, KEY, HALF, WHOLE, FINDING, SEEN }) => {
  const { page } = workbench;
  await workbench.openBasket(FOLDER, KEY);
  await workbench.command("Understudy: Explain This Code");
  const shown = workbench.words();
  await shown.getByText("acme/one:7b writes").waitFor();
  await shown.getByText(HALF).waitFor();
  const early = await shown.locator("body").innerText();
  await workbench.picture("writing.png");
  fs.writeFileSync(SEEN, "");
  await shown.getByText(WHOLE).waitFor();
  await shown.getByText("acme/one:7b explained").waitFor();
  await workbench.picture("explained.png");
  const whole = await shown.locator("body").innerText();
  await page.locator(".tab", { hasText: "basket.py" }).first().click();
  await workbench.command("Understudy: Review This Code");
  await shown.getByText(FINDING).waitFor();
  await shown.getByText("acme/one:7b reviewed").waitFor();
  await page.locator(".squiggly-error").first().waitFor();
  await workbench.picture("reviewed.png");
  return { early, whole, review: await shown.locator("body").innerText() };
};
