/** Where a survey stands that was asked for from within a dialog: outside of an open modal dialog nothing can be reached. */
import { isSeen, isShutOff, modals } from "./shadow-host.ts";

/** A dialog that does not say that it is modal is so where it shuts off the rest of the page. */
const dialogs = `${modals},[role=dialog]`;

/** Whether the element, once an open modal dialog, is one still. */
export const isModal = (element: Element) => element.matches(dialogs) && isSeen(element);

/** The page's uppermost modal dialog, in whichever open shadow root: as a rule the one with the focus. */
export function modalDialog(): Element | null {
  const open = openDialogs(isShutOff() ? dialogs : modals);
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  while (at && !open.includes(at)) at = around(at);
  return at ?? open.at(-1) ?? null;
}

function openDialogs(selector: string, root: ParentNode = document): Element[] {
  return [...root.querySelectorAll("*")].flatMap((each) => [
    ...(each.matches(selector) && isSeen(each) && !each.matches("video,iframe") ? [each] : []),
    ...(each.shadowRoot ? openDialogs(selector, each.shadowRoot) : []),
  ]);
}

/** The element in which this one is drawn: its slot, its parent, or the one whose shadow root it is in. */
function around(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
