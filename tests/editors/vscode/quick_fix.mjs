// A squiggle, its quick fix, the preview, Accept, and the file on disk.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.page.locator(".squiggly-error").first().waitFor();
  await workbench.serverRuns();
  await workbench.goTo(3, 14);
  await workbench.quickFix('Understudy: Fix: "reslt" is not defined');
  await workbench.preview();
  await workbench.reads("    return result");
  await workbench.picture("preview.png");
  const tab = await workbench.page.locator(".tab.active").innerText();
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
  return { tab };
};
