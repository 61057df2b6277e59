// What a hand does in VS Code, by the page that shows it.
import { readFileSync } from 'node:fs';

/** Settings that keep waiting and chance out of a run. */
export const UI_SETTINGS = {
  'editor.hover.delay': 100,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** The workbench of a page on which one file is open. */
export class Workbench {
  #page;
  #file;

  constructor(page, file) {
    this.#page = page;
    this.#file = file;
  }

  /** Loads the page and waits until the file shows. */
  async open(url) {
    await this.#page.goto(url);
    await this.editor.waitFor();
    await this.line('kind').waitFor();
    await this.editor.locator('.view-line').first().click();
  }

  get editor() {
    const name = this.#file.slice(this.#file.lastIndexOf('/') + 1);
    return this.#page.locator(`.editor-instance .monaco-editor[data-uri$="/${name}"]`).first();
  }

  get squiggles() {
    return this.editor.locator('.squiggly-error, .squiggly-warning');
  }

  get hover() {
    return this.#page.locator('.monaco-hover:visible').first();
  }

  get lightbulb() {
    return this.editor.locator('[class*="codicon-light-bulb"], [class*="codicon-lightbulb"]').first();
  }

  get quickFixes() {
    return this.#page.locator('.action-widget').first();
  }

  get suggestions() {
    return this.#page.locator('.suggest-widget.visible');
  }

  get peek() {
    return this.editor.locator('.peekview-widget').first();
  }

  get status() {
    return this.#page.locator('[id$="podwire.status"]').first();
  }

  get breadcrumbs() {
    return this.#page.locator('.breadcrumbs-control').first();
  }

  get outline() {
    return this.#page.locator('.outline-tree');
  }

  get panel() {
    return this.#page.locator('.part.panel').first();
  }

  get walkthrough() {
    return this.#page.locator('.gettingStartedContainer');
  }

  get quickInput() {
    return this.#page.locator('.quick-input-widget').first();
  }

  /** The pod that will run. */
  get preview() {
    return this.#page.locator('.editor-instance .monaco-editor[data-uri$="/effective-pod.yaml"]').first();
  }

  /** What a webview shows. */
  get webview() {
    return this.#page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The lens with a title. */
  lens(title) {
    return this.editor.locator('.codelens-decoration a', { hasText: title }).first();
  }

  /** The tab of an editor, by its label. */
  tab(label) {
    return this.#page.locator('.tabs-container .tab', { hasText: label }).first();
  }

  /** The line that shows `text`; VS Code draws spaces as no-break ones. */
  line(text) {
    const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[ \\u00a0]');
    return this.editor.locator('.view-line', { hasText: new RegExp(escaped) }).first();
  }

  /** Puts the cursor behind the first occurrence of `text` in the file as it is on disk, or `offset` characters in. */
  async goTo(text, offset = text.length) {
    const before = readFileSync(this.#file, 'utf8').split(text, 1)[0] + text.slice(0, offset);
    const lines = before.split('\n');
    await this.#page.keyboard.press('Control+g');
    const input = this.#page.locator('.quick-input-widget input[aria-controls]').first();
    await input.fill(`:${lines.length}:${lines.at(-1).length + 1}`);
    await input.press('Enter');
    await this.#page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
  }

  /** Opens the hover at the cursor and waits for a text in it. What moves the lines meanwhile closes it: then again. */
  async openHover(text) {
    for (let attempts = 5; ; attempts--) {
      await this.press('Control+k', 'Control+i');
      try {
        await this.hover.filter({ hasText: text }).waitFor({ timeout: 5000 });
        return;
      } catch (error) {
        if (attempts === 0) throw error;
      }
    }
  }

  async press(...keys) {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text) {
    await this.#page.keyboard.type(text, { delay: 30 });
  }

  /** Runs a command from the palette, by its whole title. */
  async run(title) {
    await (await this.#palette(title)).click();
  }

  /** Chooses in a list that a command has opened. */
  async pick(filter) {
    const row = this.quickInput.locator('.monaco-list-row', { hasText: filter }).first();
    await this.#pointAway();
    await this.quickInput.locator('input[aria-controls]').first().fill(filter);
    await row.click();
  }

  /** Where the pointer lies, a hover may come up that takes the clicks for what is under it. */
  async #pointAway() {
    await this.#page.mouse.move(0, 0);
  }

  /** The titles that the palette offers for `filter`. */
  async commands(filter) {
    await this.#palette(filter);
    const titles = await this.quickInput.locator('.monaco-list-row .label-name').allTextContents();
    await this.#page.keyboard.press('Escape');
    return titles;
  }

  /** The palette's first row with a text. What is still being opened may take the focus, which closes it: then again. */
  async #palette(text) {
    const row = this.quickInput.locator('.monaco-list-row', { hasText: text }).first();
    await this.#pointAway();
    for (let attempts = 4; ; attempts--) {
      await this.#page.keyboard.press('F1');
      try {
        await this.quickInput.locator('input[aria-controls]').first().fill(`>${text}`, { timeout: 3000 });
        await row.waitFor({ timeout: 3000 });
        return row;
      } catch (error) {
        if (attempts === 0) throw error;
      }
    }
  }

  /** What the explorer's menu offers for a file or folder, as far as it is of interest. */
  async menuOf(name, interest) {
    await this.#page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: name })
      .first()
      .click({ button: 'right' });
    const labels = this.#page.locator('.monaco-menu .action-label');
    await labels.first().waitFor();
    const titles = await labels.allTextContents();
    await this.#page.keyboard.press('Escape');
    return titles.filter((title) => interest.test(title));
  }

  /** The numbers in the status bar: `{ errors, warnings }` of all that VS Code knows. */
  async problems() {
    const label = await this.#page.locator('#status\\.problems a').first().getAttribute('aria-label');
    const count = (kind) => Number(new RegExp(`${kind}: (\\d+)`).exec(label ?? '')?.[1] ?? 0);
    return { errors: count('Errors'), warnings: count('Warnings') };
  }

  /** Waits until there are so many errors. */
  async waitForErrors(isThere) {
    const deadline = Date.now() + 40_000;
    for (;;) {
      const { errors } = await this.problems();
      if (isThere(errors)) return errors;
      if (Date.now() > deadline) throw new Error(`waited in vain for another number of errors than ${errors}`);
      await this.#page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
}
