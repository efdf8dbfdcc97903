// Leave to send code: asked for, looked at, and taken back; a key that is missing is named first.
export default async (workbench, { FOLDER, KEY }) => {
  const { page } = workbench;
  const consent = async () => {
    await workbench.command("Understudy: Consent: Who May See This Folder's Code?");
    await page.locator(".quick-input-title", { hasText: "Who may see code of" }).waitFor();
    const row = workbench.rows("OpenAI");
    await row.waitFor();
    return row.locator("input[type=checkbox], .monaco-checkbox").first();
  };
  await workbench.open(FOLDER);
  await workbench.openFile("basket.py");
  await workbench.serverRuns();
  await workbench.dropKey("ACME_KEY");
  await workbench.goTo(5, 14);
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.told("has no key");
  const keyless = await workbench.messages();
  await workbench.command("Notifications: Clear All Notifications");

  await workbench.setKey("ACME_KEY", KEY);
  await workbench.goTo(5, 14);
  await workbench.command("Understudy: Fix Problems Here");
  const question = page.locator(".notification-list-item", { hasText: "Send code of" });
  await question.getByText("Not now").waitFor();
  const asked = await question.innerText();
  await workbench.picture("asked.png");
  await question.getByText("Not now").click();
  await workbench.told("may not see this workspace's code");
  const refused = await workbench.messages();
  await workbench.command("Notifications: Clear All Notifications");

  const said = [];
  for (let times = 0; times < 2; times += 1) {
    await (await consent()).click();
    await workbench.picture(`consent-${times}.png`);
    await page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
    await workbench.told("Understudy: code of");
    said.push(...(await workbench.messages()));
    await workbench.command("Notifications: Clear All Notifications");
  }
  return { keyless, asked, refused, said };
};
