// A model that never answers, and the Cancel button of what takes so long.
import fs from "node:fs";
import path from "node:path";
import { play } from "./workbench.mjs";

const { FOLDER, KEY } = process.env;

await play(async (workbench) => {
  const { page } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("basket.py");
  await workbench.serverRuns();
  await workbench.setKey("ACME_KEY", KEY);
  await workbench.goTo(5, 14);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.status().locator(".codicon-loading").waitFor();
  const toast = page.locator(".notification-list-item", { hasText: "Fixing basket.py:5" });
  await toast.waitFor();
  await workbench.picture("slow.png");
  await toast.getByText("Cancel").click();
  await toast.waitFor({ state: "detached" });
  await workbench.serverRuns();
  return { text: fs.readFileSync(path.join(FOLDER, "basket.py"), "utf8") };
});
