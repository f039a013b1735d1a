// The keys of the pages behind the sign-in: the module that their browsers run, the table of keys, and the switch.
import { html } from "hono/html";
import { type BrowserModules, collectBrowserModules } from "./browser-modules.ts";
import type { Markup } from "./page.ts";

let collected: BrowserModules | undefined;

export function shortcutModules(): BrowserModules {
  collected ??= collectBrowserModules(new URL("browser/shortcuts.ts", import.meta.url));
  return collected;
}

const keys = { "/": "查找", j: "列表的下一行", k: "列表的上一行", Enter: "打开所在的一行", "?": "显示快捷键" };

/** Closed until `?` is pressed. */
export function shortcutKeys(): Markup {
  return html`<dialog id="shortcut-keys" class="card" aria-labelledby="shortcut-title">
    <h2 id="shortcut-title">快捷键</h2>
    <dl class="summary">
      ${Object.entries(keys).map(
        ([key, words]) =>
          html`<div>
            <dt><kbd>${key}</kbd></dt>
            <dd>${words}</dd>
          </div>`,
      )}
    </dl>
    <p class="soft">可以在“本人账号”页关闭。</p>
    <button type="button" class="button-secondary">关闭</button>
  </dialog>`;
}

/** Shown by the module that heeds it; kept in this browser. */
export function shortcutSwitch(): Markup {
  return html`<section id="shortcut-switch" hidden>
    <h2>快捷键</h2>
    <label class="choice"
      ><input type="checkbox" /><span
        >使用单键快捷键<span class="soft choice-hint"
          >按 <kbd>?</kbd> 查看各键；填写内容时不起作用。只对本浏览器有效。</span
        ></span
      ></label
    >
  </section>`;
}
