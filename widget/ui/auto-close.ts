/**
 * Closes after the time it takes to read. Who leads the pointer over the card or the keyboard to a control of it has four
 * times as long; a pointer that only rests where it last pressed does not count.
 */
export function closeAfterReading(root: ShadowRoot, text: string, close: () => void): () => void {
  let seconds = 3 + text.length / 15;
  let led = false;
  const moves = (event: Event) => {
    led ||= (event as PointerEvent).pointerType === "mouse";
  };
  root.addEventListener("pointermove", moves);
  const timer = setInterval(() => {
    const used = root.querySelector(`${led ? ":hover," : ""}a:focus-visible,button:focus-visible`);
    seconds -= used ? 0.25 : 1;
    if (seconds < 0) close();
  }, 1000);
  return () => {
    clearInterval(timer);
    root.removeEventListener("pointermove", moves);
  };
}
