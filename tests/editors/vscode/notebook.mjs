// A cell of a notebook: its problem is fixed, the preview is taken, and the notebook is still there.
import fs from "node:fs";
import path from "node:path";
import { LIMIT_MS } from "./workbench.mjs";

export default async (workbench, { FOLDER }) => {
  const { page } = workbench;
  const file = path.join(FOLDER, "cells.ipynb");
  await workbench.open(FOLDER);
  const line = page.locator(".notebookOverlay .view-line", { hasText: "reslt" });
  await workbench.insist(async () => {
    await workbench.openFile("cells.ipynb");
    try {
      await line.waitFor({ timeout: LIMIT_MS / 3 });
    } catch (failure) {
      // Before the editor knows of notebooks, it opens them as JSON.
      await workbench.command("View: Close Editor");
      throw failure;
    }
  });
  await line.click();
  await workbench.serverRuns();
  await page.keyboard.press("End");
  await workbench.command("Understudy: Fix Problems Here");
  await workbench.preview();
  await workbench.picture("cell-preview.png");
  await workbench.accept();
  await page.locator(".notebookOverlay .view-line", { hasText: "print(result)" }).waitFor();
  await workbench.picture("cell-fixed.png");
  const tabs = await page.locator(".tab").allInnerTexts();
  await page.keyboard.press("Control+s");
  await workbench.until(() => fs.readFileSync(file, "utf8").includes("print(result)"));
  return { tabs, notebook: JSON.parse(fs.readFileSync(file, "utf8")) };
};
