// Two folders in one window: each has its own settings and its own fix.
import path from "node:path";

export default async (workbench, { WORKSPACE, FOLDER, SECOND, FIXED }) => {
  const { page } = workbench;
  await workbench.open(WORKSPACE);
  await workbench.openFile("first.py");
  await workbench.serverRuns();
  await workbench.goTo(3, 14);
  await workbench.quickFix("Understudy: Fix problems here");
  await workbench.preview();
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "first.py"), FIXED);

  // The second folder leaves the entries out of its menu; its commands work all the same.
  await workbench.openFile("second.py");
  await workbench.goTo(3, 14);
  await workbench.keyboard.press("Control+.");
  await page.getByText("No code actions available").first().waitFor();
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.preview();
  await workbench.accept();
  await workbench.save(path.join(SECOND, "second.py"), FIXED);
};
