// A fix comes while somebody types: every letter goes where it is meant to go, and a message tells.
import path from "node:path";

const TYPED = "# every letter of this is there";

export default async (workbench, { FOLDER, KEY, FIXED, HELD }) => {
  const { page, keyboard } = workbench;
  await workbench.openBasket(FOLDER, KEY);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.status().locator(".codicon-loading").waitFor();
  await keyboard.press("Control+Home");
  await keyboard.press("Enter");
  await keyboard.press("ArrowUp");
  const half = TYPED.length / 2;
  await keyboard.type(TYPED.slice(0, half));
  workbench.release(HELD);
  await workbench.told("A fix is ready");
  await keyboard.type(TYPED.slice(half));
  await workbench.reads(TYPED);
  const tabs = await page.locator(".tab").allInnerTexts();
  await workbench.picture("typing.png");
  await page.locator(".notification-list-item", { hasText: "A fix is ready" }).getByText("Show").click();
  await workbench.preview();
  // Both sides have what was typed meanwhile.
  await page.locator(".monaco-diff-editor .modified .view-line", { hasText: "every" }).waitFor();
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "basket.py"), `${TYPED}\n${FIXED}`);
  return { tabs };
};
