import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { guardTaps } from "../../widget/ui/early-taps.ts";
import { openSite } from "../pages/site.ts";
import { aSurvey } from "./collector.ts";
import { card, recommend, satisfied, score, visit } from "./visitor.ts";

const site = await openSite();

type Tap = { after: number; pointerType?: "touch" | "mouse" | "pen"; type?: string; x?: number; detail?: number };

describe("what the guard lets through", () => {
  const event = (type: string, values: object) =>
    Object.assign(
      Object.defineProperties(
        new Event(type, { cancelable: true }),
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
      ),
    );

  /** Whether a click gets through, of controls that appeared at 1000 ms, after these events. */
  function isHeard(taps: Tap[], comingUpMs?: number): boolean {
    const root = new EventTarget();
    const before = guardTaps(root, () => 1000);
    root.dispatchEvent(event("pointerdown", { timeStamp: 800, pointerType: "mouse", clientX: 0, clientY: 0 }));
    root.dispatchEvent(event("click", { timeStamp: 820, detail: 1 }));
    before(comingUpMs);
    let heard = false;
    root.addEventListener("click", () => {
      heard = true;
    });
    for (const { after, pointerType = "touch", type = "pointerdown", x = 0, detail = 1 } of taps)
      root.dispatchEvent(event(type, { timeStamp: 1000 + after, pointerType, clientX: x, clientY: 0, detail }));
    return heard;
  }

  test.each<[string, boolean, Tap[]]>([
    ["a press at once", false, [{ after: 0 }, { type: "click", after: 80 }]],
    ["a press just before half a second", false, [{ after: 499 }, { type: "click", after: 560 }]],
    ["a press after half a second", true, [{ after: 500 }, { type: "click", after: 560 }]],
    [
      "a press that began before the control was there and ends long after",
      false,
      [{ after: -50 }, { type: "click", after: 900 }],
    ],
    ["a tap whose press nobody saw", false, [{ type: "click", after: 60 }]],
    ["a click without a press, later", true, [{ type: "click", after: 600 }]],
    ["a key's click, or assistive technology's", true, [{ type: "click", after: 10, detail: 0 }]],
    [
      "the second click of a mouse that trembles",
      false,
      [
        { type: "pointermove", pointerType: "mouse", x: 5, after: 40 },
        { pointerType: "mouse", x: 5, after: 50 },
        { type: "click", after: 60 },
      ],
    ],
    [
      "a click of a mouse that was led there",
      true,
      [
        { type: "pointermove", pointerType: "mouse", x: 90, after: 200 },
        { pointerType: "mouse", x: 90, after: 210 },
        { type: "click", after: 260 },
      ],
    ],
    [
      "a tap of a finger that has moved",
      false,
      [
        { type: "pointermove", x: 90, after: 200 },
        { x: 90, after: 210 },
        { type: "click", after: 260 },
      ],
    ],
  ])("%s: %s", (_, heard, taps) => {
    expect(isHeard(taps)).toBe(heard);
  });

  test("while a card comes up, moving the mouse is not yet leading it there", () => {
    const led = (after: number): Tap[] => [
      { type: "pointermove", pointerType: "mouse", x: 90, after },
      { pointerType: "mouse", x: 90, after: after + 5 },
      { type: "click", after: after + 50 },
    ];
    expect(isHeard(led(200), 250)).toBe(false);
    expect(isHeard(led(260), 250)).toBe(true);
  });

  test("a press that was not heard does not count against the next", () => {
    expect(isHeard([{ after: 0 }, { type: "click", after: 60 }, { type: "click", after: 700 }])).toBe(true);
  });
});

/** A finger's tap on the control, this long after what is on the card appeared; the page's clock stands still. */
const tap = (control: Locator, after: number) =>
  control.evaluate((element, after) => {
    for (const type of ["pointerdown", "click"]) {
      const event = new PointerEvent(type, {
        bubbles: true,
        composed: true,
        cancelable: true,
        pointerType: "touch",
        detail: type === "click" ? 1 : 0,
      });
      Object.defineProperty(event, "timeStamp", { value: performance.now() + after });
      element.dispatchEvent(event);
    }
  }, after);

/** The page's clock stands still, and what the widget tells is gathered. */
const prepare = (page: Page) =>
  page.addInitScript(() => {
    performance.now = () => 1000;
    Object.assign(window, { heard: [] });
    for (const type of ["answered", "closed"])
      document.addEventListener(`vidhuk:${type}`, () => (window as never as { heard: string[] }).heard.push(type));
    window.open = () => {
      (window as never as { heard: string[] }).heard.push("opened");
      return null;
    };
    document.addEventListener("click", (event) => {
      if ((event.composedPath()[0] as Element).closest?.("a")) {
        event.preventDefault();
        (window as never as { heard: string[] }).heard.push("followed");
      }
    });
  });

const heard = (page: Page) => page.evaluate("heard") as Promise<string[]>;

/** From the card's opening to the control: by keys, which wait for nothing. */
const ways: [control: string, to: (page: Page) => Promise<Locator>, does: string[]][] = [
  [
    "a score of the first question",
    async (page) => {
      await recommend(page).waitFor();
      return score(page, 4);
    },
    ["answered"],
  ],
  [
    "a score of the next question",
    async (page) => {
      await score(page, 9).press("Enter");
      await satisfied(page).waitFor();
      return score(page, 4);
    },
    ["answered", "answered"],
  ],
  [
    "Skip",
    async (page) => {
      await score(page, 9).press("Enter");
      return page.getByRole("button", { name: "Skip" });
    },
    ["answered"],
  ],
  [
    "Back",
    async (page) => {
      await score(page, 9).press("Enter");
      return page.getByRole("button", { name: "Back" });
    },
    ["answered"],
  ],
  [
    "Send",
    async (page) => {
      await score(page, 9).press("Enter");
      await satisfied(page).waitFor();
      await score(page, 4).press("Enter");
      await page.getByRole("textbox").fill("Light");
      return page.getByRole("button", { name: "Send" });
    },
    ["answered", "answered", "answered"],
  ],
  [
    "Close",
    async (page) => {
      await recommend(page).waitFor();
      return page.getByRole("button", { name: "Close" });
    },
    ["closed"],
  ],
  [
    "the link beside the thanks",
    async (page) => {
      await score(page, 9).press("Enter");
      await page.getByRole("button", { name: "Skip" }).press("Enter");
      await page.getByRole("textbox").waitFor();
      await page.getByRole("button", { name: "Skip" }).press("Enter");
      return page.getByRole("link", { name: "Leave a review" });
    },
    ["answered", "followed"],
  ],
];

/** The words on the card, without those that are there for screen readers only: they come a moment later. */
const shownOn = (page: Page) =>
  card(page).evaluate((section) => {
    const copy = section.cloneNode(true) as Element;
    for (const status of copy.querySelectorAll("[role=status]")) status.remove();
    return copy.textContent;
  });

describe.each([
  ["over the page", "shop"],
  ["in the page", "inline"],
])("%s", (_, name) => {
  test.each(ways)("a finger on its way when it appears does nothing to %s", async (_, to, does) => {
    const survey = await aSurvey({ thanks: { promoter: { url: "https://shop.example/review" } } });
    const { page } = await visit(site, survey, { name, prepare });
    const control = await to(page);
    await control.waitFor();
    const [before, shown] = [await heard(page), await shownOn(page)];
    await tap(control, 260);
    expect(await heard(page)).toEqual(before);
    expect(await shownOn(page)).toBe(shown);
    await tap(control, 600);
    await expect.poll(() => heard(page)).toEqual(does);
    if (does.length === before.length) await expect.poll(() => shownOn(page)).not.toBe(shown);
  });
});
