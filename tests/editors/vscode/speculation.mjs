// Nobody asks: the fix of the problem is there after a pause, as ghost text, and `Tab` takes it.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  const { page, keyboard } = workbench;
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await workbench.goTo(2, 1);
  await workbench.goTo(3, 12);
  const ghost = page.locator(".ghost-text-decoration, .ghost-text-decoration-preview");
  await ghost.first().waitFor();
  const shown = await ghost.first().innerText();
  await workbench.picture("unasked.png");
  await keyboard.press("Tab");
  await workbench.reads("    return result");
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
  return { shown };
};
