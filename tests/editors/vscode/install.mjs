// No server anywhere: the one that came with the extension is installed, and works.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.told("Installing the server");
  await workbench.picture("installing.png");
  await workbench.status().locator(".codicon-verified").waitFor({ timeout: 100_000 });
  await workbench.goTo(3, 14);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.preview();
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
};
