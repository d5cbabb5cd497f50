/** Closes after the time it takes to read, but never under the visitor's pointer or keyboard. */
export function linger(root: ShadowRoot, text: string, close: () => void): () => void {
  let left = 3 + text.length / 15;
  const timer = setInterval(() => {
    // A finger leaves `:hover` behind where it tapped.
    const held =
      root.querySelector(":focus-visible") || (matchMedia("(hover:hover)").matches && root.querySelector(":hover"));
    if (!held && --left < 0) close();
  }, 1000);
  return () => clearInterval(timer);
}
