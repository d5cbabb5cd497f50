/** Closes after the time it takes to read, but never under the visitor's pointer or keyboard. */
export function linger(root: ShadowRoot, text: string, close: () => void): () => void {
  let seconds = 3 + text.length / 15;
  const timer = setInterval(() => {
    // A finger leaves `:hover` behind where it tapped.
    const held = matchMedia("(hover:hover)").matches ? ":hover,:focus-visible" : ":focus-visible";
    if (!root.querySelector(held) && --seconds < 0) close();
  }, 1000);
  return () => clearInterval(timer);
}
