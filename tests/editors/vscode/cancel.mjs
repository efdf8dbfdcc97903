// A model that never answers, and the Cancel button of what takes so long.
import fs from "node:fs";
import path from "node:path";

export default async (workbench, { FOLDER, KEY }) => {
  const { page } = workbench;
  await workbench.openBasket(FOLDER, KEY);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.status().locator(".codicon-loading").waitFor();
  const toast = page.locator(".notification-list-item", { hasText: "Fixing basket.py:5" });
  await toast.waitFor();
  await workbench.picture("slow.png");
  await toast.getByText("Cancel").click();
  await toast.waitFor({ state: "detached" });
  await workbench.serverRuns();
  return { text: fs.readFileSync(path.join(FOLDER, "basket.py"), "utf8") };
};
