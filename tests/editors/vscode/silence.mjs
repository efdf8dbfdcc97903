// Commands that have nothing to be about say so.
const NOTHING_OPEN = ["Fix Problems Here", "Explain This Code", "Change the Selected Code…"];
const NOTHING_WAITS = ["Accept This Fix", "Discard This Fix", "Preview the Fix That Waits", "Run the Tests on the Fix That Waits"];

export default async (workbench, { FOLDER }) => {
  const { page } = workbench;
  const told = {};
  const run = async (title, text) => {
    await workbench.command(`Understudy: ${title}`);
    await workbench.told(text);
    told[title] = await workbench.messages();
    await workbench.command("Notifications: Clear All Notifications");
    await page.locator(".notification-list-item").first().waitFor({ state: "detached" });
  };
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  for (const title of NOTHING_WAITS) {
    await run(title, "no fix waits here");
  }
  await run("Cancel Everything Under Way", "nothing is under way");
  await workbench.command("Change Language Mode");
  await workbench.input().fill("Plain Text");
  await workbench.pick("Plain Text");
  await run("Fix All Problems in This File", "cart.py is in a language that it does not know");
  await workbench.command("View: Close All Editors");
  await page.locator(".tab").first().waitFor({ state: "detached" });
  for (const title of NOTHING_OPEN) {
    await run(title, "open a file first");
  }
  await workbench.palette("Understudy: ");
  await workbench.rows("Understudy: Accept").first().waitFor();
  await workbench.picture("palette.png");
  await workbench.command("Understudy: What Is There, What Is Missing?");
  await page.locator(".tab.active", { hasText: "doctor" }).waitFor();
  return { told, report: await page.locator(".tab.active").innerText() };
};
