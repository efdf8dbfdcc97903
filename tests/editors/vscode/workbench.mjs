// VS Code's workbench in a headless browser, as a person uses it: what is seen is waited for.
import fs from "node:fs";
import path from "node:path";

export const LIMIT_MS = 30_000;
const AGAIN_MS = 3_000;
/** A place where nothing reacts to the mouse. */
const NOWHERE = [640, 780];

export class Workbench {
  /**
   * @param page - of the browser.
   * @param url - where VS Code is.
   */
  constructor(page, url) {
    this.page = page;
    this.keyboard = page.keyboard;
    this.url = url;
    this.place = undefined;
    this.keys = new Set();
    // The folder for pictures.
    this.out = undefined;
  }

  /** Puts everything away that a scenario left in the window. */
  async tidy() {
    await this.keyboard.press("Escape");
    await this.command("View: Close All Editors");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
    await this.command("Notifications: Clear All Notifications");
  }

  /**
   * Opens a folder, or a workspace of several, and answers the question of trust if there is one.
   *
   * Nothing happens where the window shows it already.
   */
  async open(place, { trust, payload } = { trust: true, payload: [] }) {
    if (this.place === place) {
      return;
    }
    const kind = place.endsWith(".code-workspace") ? "workspace" : "folder";
    const query = new URLSearchParams({ [kind]: place, payload: JSON.stringify(payload) });
    const url = `${this.url}/?${query}`;
    const answer = trust ? "Yes, I trust the authors" : "No, I don't trust the authors";
    const question = this.page.locator(".monaco-dialog-box").getByText(answer);
    const file = this.page.locator(".explorer-folders-view .monaco-list-row").first();
    // On a busy machine the list of a workspace's folders is sometimes read before it can be.
    await this.insist(async (left) => {
      await this.page.goto(url, { waitUntil: "domcontentloaded" });
      if (trust !== undefined) {
        // Of a window that is loaded again, the answer may be known already.
        const asked = question.click({ timeout: left === 3 ? LIMIT_MS : LIMIT_MS / 3 });
        await (left === 3 ? asked : asked.catch(() => {}));
      }
      await file.waitFor({ timeout: LIMIT_MS / 3 });
    }, 3);
    this.place = place;
  }

  /** Trusts a folder that was opened without a question. */
  async trust() {
    // A window of tests is not asked.
    await this.page
      .locator("#workbench\\.parts\\.statusbar")
      .getByText("Restricted Mode")
      .click();
    await this.page.locator(".workspace-trust-editor").getByText("Trust", { exact: true }).click();
  }

  /** Opens a file of the explorer in an editor that stays. */
  async openFile(name) {
    await this.page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: name })
      .first()
      .dblclick();
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
  }

  /** Opens a folder in the explorer. */
  async openFolder(name) {
    const row = this.page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: name })
      .first();
    await this.insist(async () => {
      if ((await row.getAttribute("aria-expanded")) !== "true") {
        await row.click();
      }
      await row.and(this.page.locator('[aria-expanded="true"]')).waitFor({ timeout: AGAIN_MS });
    });
  }

  /** Until the server is there. */
  async serverRuns() {
    await this.status().locator(".codicon-verified").waitFor();
  }

  /** The item of the status bar. */
  status() {
    return this.page.locator('#workbench\\.parts\\.statusbar [id$="understudy"]').last();
  }

  /** The text in front. */
  lines() {
    return this.page.locator(".editor-group-container.active .view-line");
  }

  /** Until a line of any editor reads so. */
  async reads(text) {
    // The editor writes no-break spaces.
    const shown = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "[ \\u00a0]"));
    await this.page.locator(".view-line", { hasText: shown }).first().waitFor();
  }

  /** Puts the cursor somewhere. */
  async goTo(line, column) {
    await this.insist(async () => {
      await this.lines().first().click();
      await this.keyboard.press("Control+g");
      await this.input().fill(`:${line}:${column}`, { timeout: AGAIN_MS });
      await this.input().press("Enter", { timeout: AGAIN_MS });
    });
    await this.page
      .locator("#workbench\\.parts\\.statusbar", { hasText: `Ln ${line}, Col ${column}` })
      .waitFor();
  }

  /** What messages say that are shown. */
  async messages() {
    return await this.page.locator(".notification-list-item").allInnerTexts();
  }

  /** What messages said, those among them that are not shown any more. */
  async allMessages() {
    await this.keyboard.press("Escape");
    await this.command("Notifications: Show Notifications");
    await this.page.locator(".notifications-center.visible").waitFor({ timeout: AGAIN_MS });
    return await this.messages();
  }

  /** The box for a line that is asked for. */
  input() {
    return this.page.locator(".quick-input-widget input");
  }

  /** Runs a command of the palette. */
  async command(title) {
    // Whatever takes the focus closes the palette, so no key is pressed that could go to the text then.
    await this.insist(async () => {
      await this.palette(title, AGAIN_MS);
      // A longer title may come first, and behind a title stand its keys and other words.
      const label = `[aria-label="${title}"], [aria-label^="${title},"]`;
      await this.choose(this.rows().and(this.page.locator(label)), AGAIN_MS);
    });
  }

  /** Opens the palette with what is looked for. */
  async palette(text, timeout = LIMIT_MS) {
    await this.keyboard.press("F1");
    await this.input().fill(`>${text}`, { timeout });
  }

  /** The entries of the list in front, or those among them with this text. */
  rows(text = "") {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
  }

  /** Picks the entry of the list in front with this text. */
  async pick(text) {
    await this.choose(this.rows(text));
  }

  /** Clicks an entry, and takes the mouse away from what comes below it. */
  async choose(entry, timeout = LIMIT_MS) {
    await entry.first().click({ timeout });
    await this.page.mouse.move(...NOWHERE);
  }

  /** Answers what the box asks for. */
  async answer(question, text) {
    const box = this.page.locator(".quick-input-widget", { hasText: question });
    await box.waitFor();
    await box.locator("input").fill(text);
    await box.locator("input").press("Enter");
    await box.waitFor({ state: "hidden" });
  }

  /** Picks an entry of the quick fixes at the cursor. */
  async quickFix(title) {
    const entry = this.page.locator(".action-widget .monaco-list-row", { hasText: title });
    await this.insist(async () => {
      await this.keyboard.press("Escape");
      await this.keyboard.press("Control+.");
      await entry.first().waitFor({ timeout: AGAIN_MS });
      // The menu takes clicks only once the mouse has moved over it.
      await entry.first().hover({ force: true, timeout: AGAIN_MS });
      await this.choose(entry, AGAIN_MS);
    });
  }

  /** Until the preview of a fix is in front. */
  async preview() {
    await this.page.locator(".tab.active", { hasText: "✓" }).waitFor();
    await this.page.locator(".monaco-diff-editor .view-line").first().waitFor();
  }

  /** Opens the file whose line 5 only a model can mend, with a key for models, and goes to it. */
  async openBasket(folder, key) {
    await this.open(folder);
    await this.openFile("basket.py");
    await this.serverRuns();
    if (!this.keys.has("ACME_KEY")) {
      await this.setKey("ACME_KEY", key);
    }
    await this.goTo(5, 14);
  }

  /** Has VS Code keep a key. */
  async setKey(name, key) {
    await this.command("Understudy: Set or Remove an API Key");
    await this.pick(name);
    await this.answer(name, key);
    this.keys.add(name);
  }

  /** Has VS Code forget a key, if it keeps it. */
  async dropKey(name) {
    if (this.keys.has(name)) {
      await this.setKey(name, "");
      this.keys.delete(name);
    }
  }

  /** Presses a button of the editor's title. */
  async titleButton(name) {
    await this.page
      .locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${name}"]`)
      .click();
  }

  /** What the buttons of the editor's title are called. */
  async titleButtons() {
    const labels = this.page.locator(".editor-group-container.active .editor-actions .action-label");
    return await labels.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  }

  /** Takes the fix in front, and waits until the document is back. */
  async accept() {
    await this.titleButton("Accept This Fix");
    await this.page.locator(".tab", { hasText: "✓" }).waitFor({ state: "detached" });
  }

  /** Until a message says so. */
  async told(text) {
    await this.page.locator(".notification-list-item", { hasText: text }).first().waitFor();
  }

  async save(file, expected) {
    await this.keyboard.press("Control+s");
    await this.until(() => fs.readFileSync(file, "utf8") === expected);
  }

  /** Lets a model go on that waits for a file. */
  release(file) {
    fs.writeFileSync(file, "");
  }

  /** Until something holds. */
  async until(holds) {
    const end = Date.now() + LIMIT_MS;
    while (!(await holds())) {
      if (Date.now() > end) {
        throw new Error(`never came: ${holds}`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** Menus close by themselves while extensions still start: they are asked for again. */
  async insist(work, times = 6) {
    for (let left = times; ; left -= 1) {
      try {
        return await work(left);
      } catch (failure) {
        if (left <= 1) {
          throw failure;
        }
      }
    }
  }

  async picture(name) {
    await this.page.screenshot({ path: path.join(this.out, name) });
  }

  /** The document inside the view of runs. */
  runs() {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  }

  /** The document inside the newest preview of an explanation or a review. */
  words() {
    return this.page.frameLocator("iframe.webview.ready >> nth=-1").frameLocator("iframe#active-frame");
  }
}
