/**
 * A tap that began before a person can have read what stands under it answers nothing: it is the second of a double tap,
 * or was meant for what stood there before. The keyboard and assistive technology, whose clicks have no count, are free.
 */

/** How long a control has to be seen before a tap on it can be meant. */
const readMs = 500;
/** A mouse that moves further than a double click's hand has been led there: whoever leads it sees the control. */
const ledPx = 24;

/** Guards all controls in `root`; call what it gives whenever new ones appear, with the time that they take to come up. */
export function guardTaps(root: EventTarget, now = () => performance.now()): (comingUpMs?: number) => void {
  let appearedAt = 0;
  let readableAt = 0;
  /** Where the pointer was when the controls appeared, where it was seen at all. */
  let from: PointerEvent | undefined;
  let last: PointerEvent | undefined;
  let pressedAt: number | undefined;
  root.addEventListener(
    "pointermove",
    (event) => {
      last = event as PointerEvent;
      const { clientX, clientY, pointerType, timeStamp } = last;
      const far = !from || Math.hypot(clientX - from.clientX, clientY - from.clientY) > ledPx;
      if (pointerType === "mouse" && far && timeStamp > appearedAt) readableAt = 0;
    },
    true,
  );
  root.addEventListener(
    "pointerdown",
    (event) => {
      last = event as PointerEvent;
      pressedAt = event.timeStamp;
    },
    true,
  );
  root.addEventListener(
    "click",
    (event) => {
      if ((event as MouseEvent).detail && (pressedAt ?? event.timeStamp) < readableAt) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      pressedAt = undefined;
    },
    true,
  );
  return (comingUpMs = 0) => {
    appearedAt = now() + comingUpMs;
    readableAt = now() + readMs;
    from = last;
  };
}
