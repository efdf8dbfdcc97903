// A server that says nothing is started anew by hand. One that ends again and again is told as failed at last,
// with what can be done.
import fs from "node:fs";

export default async (workbench, { FOLDER, SILENT, ASKED, MENDED }) => {
  const { page, keyboard } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.until(() => fs.existsSync(ASKED));
  fs.rmSync(SILENT);
  await workbench.command("Understudy: Restart Server");
  await workbench.status().locator(".codicon-warning").waitFor({ timeout: 90_000 });
  const messages = await workbench.allMessages();
  await workbench.told("ended 5 times within three minutes");
  await workbench.status().click();
  await workbench.rows().first().waitFor();
  const menu = await workbench.rows().allInnerTexts();
  await workbench.picture("ended.png");
  await keyboard.press("Escape");
  fs.writeFileSync(MENDED, "");
  await page.locator(".notification-list-item").getByText("Restart", { exact: true }).click();
  await workbench.serverRuns();
  return { messages, menu };
};
