// A folder that nobody trusts: its own server is not started, and the built-in model works. Then it is trusted.
import fs from "node:fs";
import path from "node:path";

export default async (workbench, { FOLDER, CLOSED, FIXED, MARK }) => {
  const file = path.join(FOLDER, "cart.py");
  const fix = async (line, column) => {
    await workbench.goTo(line, column);
    await workbench.command("Understudy: Fix Problems Here");
    await workbench.preview();
    await workbench.picture(`line-${line}.png`);
    await workbench.accept();
  };
  await workbench.open(FOLDER, { trust: false, payload: [] });
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await fix(1, 5);
  await workbench.save(file, CLOSED);
  const wasRun = fs.existsSync(MARK);

  await workbench.trust();
  await workbench.until(() => fs.existsSync(MARK));
  await workbench.page.locator(".tab", { hasText: "cart.py" }).click();
  await workbench.serverRuns();
  await fix(3, 14);
  await workbench.save(file, FIXED);
  return { wasRun };
};
