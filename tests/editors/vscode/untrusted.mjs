// A folder that nobody trusts: its own server is not started, and the built-in model works.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  await workbench.open(FOLDER, { trust: false, payload: [] });
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await workbench.goTo(1, 5);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.preview();
  await workbench.picture("untrusted.png");
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
};
