// Fixes within the line: one as ghost text, one drawn over what goes; `Tab` takes both.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  const { page, keyboard } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await workbench.goTo(3, 12);
  await workbench.command("Understudy: Fix Problems Here");
  const ghost = page.locator(".ghost-text-decoration, .ghost-text-decoration-preview");
  await ghost.first().waitFor();
  const shown = await ghost.first().innerText();
  await workbench.picture("ghost.png");
  await keyboard.press("Tab");
  await workbench.reads("    return result");
  await workbench.goTo(8, 14);
  await workbench.command("Understudy: Fix Problems Here");
  // Letters go here, which ghost text can't show.
  await page.locator(".view-line span[class*='ced-']").first().waitFor();
  await workbench.picture("drawn.png");
  await keyboard.press("Tab");
  await workbench.reads("    return count");
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
  return { shown };
};
