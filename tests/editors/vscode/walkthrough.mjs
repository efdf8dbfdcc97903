// The walkthrough stands before the file: its button fixes the file all the same, and the step is done then.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED }) => {
  const { page } = workbench;
  const step = page.locator(".getting-started-step", { hasText: "A first fix" });
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await workbench.command("Welcome: Open Walkthrough...");
  await workbench.pick("Get Started with Understudy");
  await step.click();
  await step.getByText("Fix This File").click();
  await workbench.preview();
  const tabs = await page.locator(".tab").allInnerTexts();
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "cart.py"), FIXED);
  await page.locator(".tab", { hasText: "Walkthrough" }).click();
  await step.locator(".codicon-getting-started-step-checked").first().waitFor();
  await workbench.picture("walkthrough.png");
  return { tabs };
};
