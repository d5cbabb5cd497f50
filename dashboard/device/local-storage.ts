/** The only localStorage: the reader's language and scheme, and settings typed but not saved. */

const PREFIX = "vidhuk-dashboard:";

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps `value` on this device; `null` forgets it. In a browser that keeps nothing the dashboard works all the same. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows and full disks.
  }
}
