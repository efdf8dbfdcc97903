// A lesson that waits is accepted, a run is remembered in the user's words, and nothing is handed over.
export default async (workbench, { FOLDER, WAITS, WORDS }) => {
  const { page } = workbench;
  const message = (text) => page.locator(".notification-toast", { hasText: text }).first();
  await workbench.open(FOLDER);
  await workbench.openFile("cart.py");
  await workbench.serverRuns();
  await workbench.command("Understudy: Review Lessons of Failures…");
  await workbench.pick(WAITS);
  await workbench.rows("Accept this lesson").waitFor();
  await workbench.picture("lessons.png");
  await workbench.pick("Accept this lesson");
  await message("is in use from now on.").waitFor();
  await workbench.command("Understudy: Remember This for Next Time…");
  await workbench.answer("What is to be done next time", WORDS);
  await message("There is a lesson to review").waitFor();
  await workbench.command("Understudy: Show What Others Could Get of Your Lessons…");
  await message("There is nothing new to hand over. Left out:").waitFor();
};
