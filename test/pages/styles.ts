import type { Page } from "playwright-core";

/** The computed style of every element of the page, without those of the widget. */
export const stylesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("html, html *:not(vidhuk-survey, script)")].map((element) => {
      const style = getComputedStyle(element);
      return `${element.tagName} ${Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).join(";")}`;
    }),
  );
