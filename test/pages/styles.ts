import type { Page } from "playwright-core";

/** What the page looks like, without us: every element's computed style. */
export const stylesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("html, html *:not(vidhuk-survey, script)")].map((element) => {
      const style = getComputedStyle(element);
      return `${element.tagName} ${Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).join(";")}`;
    }),
  );
