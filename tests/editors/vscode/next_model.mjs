// A fix that was seen is asked for once more, of another model; its fix takes the first one's place.
import path from "node:path";

export default async (workbench, { FOLDER, FIXED, KEY }) => {
  const { page } = workbench;
  const tabs = page.locator(".tab", { hasText: "✓" });
  await workbench.openBasket(FOLDER, KEY);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.preview();
  await tabs.filter({ hasText: "acme/one:7b" }).waitFor();
  await workbench.titleButton("Ask the Next Model");
  await workbench.rows("acme/two").waitFor();
  const offered = await workbench.rows().allInnerTexts();
  await workbench.pick("acme/two");
  await tabs.filter({ hasText: "acme/two" }).waitFor();
  await tabs.filter({ hasText: "acme/one:7b" }).waitFor({ state: "detached" });
  await workbench.picture("next.png");
  await workbench.accept();
  await workbench.save(path.join(FOLDER, "basket.py"), FIXED);
  return { offered };
};
