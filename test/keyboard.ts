// A reader without a mouse: Tab to what has a name, and the keys that it takes. Every stop must be seen to have the focus.
import type { Page } from "playwright-core";

/** More stops than any page has. */
const STOPS_MAX = 200;

/** What a screen reader would call the focused element, and whether anything marks it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const { outlineStyle, boxShadow } = getComputedStyle(element);
  const isMarked = outlineStyle !== "none" || boxShadow !== "none";
  const labels = [...(element.labels ?? [])].map((label) => label.innerText).join(" ");
  const name = element.getAttribute("aria-label") || labels || element.innerText || element.value || "";
  return { name: name.trim(), isMarked };
})()`;

type Name = string | RegExp;

export type Keyboard = ReturnType<typeof keyboardOf>;

export function keyboardOf(page: Page) {
  const key = (name: string) => page.keyboard.press(name);

  /** Goes on from where the focus is, around the page if need be. Text is a beginning of what the stop is called. */
  async function to(name: Name): Promise<void> {
    const isIt = (called: string) => (typeof name === "string" ? called.startsWith(name) : name.test(called));
    const passed: string[] = [];
    for (let stop = 0; stop < STOPS_MAX; stop++) {
      await key("Tab");
      const focused = await page.evaluate<{ name: string; isMarked: boolean }>(FOCUSED);
      if (!isIt(focused.name)) {
        passed.push(focused.name.slice(0, 20));
        continue;
      }
      if (!focused.isMarked) throw new Error(`nothing shows that ${String(name)} has the focus`);
      return;
    }
    throw new Error(`no stop is called ${String(name)}: ${[...new Set(passed)].join(" | ")}`);
  }

  return {
    to,
    async type(name: Name, text: string): Promise<void> {
      await to(name);
      await page.keyboard.type(text);
    },
    /** A date field takes year, month and day one after another, in the order of the browser's own language. */
    async typeDate(name: string, day: string): Promise<void> {
      await to(name);
      const [year = "", month = "", date = ""] = day.split("-");
      for (const parts of [
        [year, month, date],
        [month, date, year],
      ]) {
        for (const part of parts) {
          await page.keyboard.type(part);
          // Of four digits more could follow.
          if (part.length === 4) await key("ArrowRight");
        }
        if ((await page.evaluate<string>("document.activeElement.value")) === day) return;
        for (const _ of parts) await key("ArrowLeft");
      }
      throw new Error(`${name} takes no date`);
    },
    /** Of a list that drops down the option that begins so. */
    async choose(name: string, option: string): Promise<void> {
      await to(name);
      for (let stop = 0; stop < STOPS_MAX; stop++) {
        const chosen = "document.activeElement.selectedOptions[0].text";
        if ((await page.evaluate<string>(chosen)).startsWith(option)) return;
        await key("ArrowDown");
      }
      throw new Error(`${name} has no option ${option}`);
    },
    /** Of a group of which one is chosen: from where the group is entered by the arrows to the one that begins so. */
    async pick(entered: string, name: string): Promise<void> {
      await to(entered);
      await key("Space");
      for (let stop = 0; stop < STOPS_MAX; stop++) {
        const focused = await page.evaluate<{ name: string }>(FOCUSED);
        if (focused.name.startsWith(name)) return;
        await key("ArrowDown");
      }
      throw new Error(`the group of ${entered} has no ${name}`);
    },
    async tick(name: string): Promise<void> {
      await to(name);
      await key("Space");
    },
    /** Unfolds what stands under this heading. */
    async open(name: string): Promise<void> {
      await to(name);
      await key("Enter");
    },
    /** Presses the link or button, and waits for the page that it leads to. */
    async press(name: string): Promise<void> {
      await to(name);
      await Promise.all([page.waitForEvent("load"), key("Enter")]);
    },
  };
}
