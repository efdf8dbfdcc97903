// A server that ends again and again: at last it is told as failed, with what can be done.
import fs from "node:fs";

export default async (workbench, { FOLDER, MENDED }) => {
  const { page, keyboard } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.status().locator(".codicon-warning").waitFor({ timeout: 90_000 });
  const messages = await workbench.allMessages();
  await workbench.told("ended 5 times within three minutes");
  await workbench.status().click();
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  const menu = await page.locator(".quick-input-list .monaco-list-row").allInnerTexts();
  await workbench.picture("ended.png");
  await keyboard.press("Escape");
  fs.writeFileSync(MENDED, "");
  await page.locator(".notification-list-item").getByText("Restart", { exact: true }).click();
  await workbench.serverRuns();
  return { messages, menu };
};
