// Fragments of prompts: what is wrong in them is underlined, whatever their language is called.
export default async (workbench, { FOLDER }) => {
  const { page } = workbench;
  const problems = page.locator(".markers-panel-container .monaco-tl-row");
  await workbench.open(FOLDER);
  await workbench.openFolder(".understudy");
  await workbench.openFolder("fragments");
  await workbench.openFile("house.md");
  await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
  await workbench.openFile("old.hbs");
  await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
  await workbench.command("Problems: Focus on Problems View");
  await problems.filter({ hasText: "house.md" }).first().waitFor();
  await problems.filter({ hasText: "old.hbs" }).first().waitFor();
  await workbench.picture("fragments.png");
  return { problems: await problems.allInnerTexts() };
};
