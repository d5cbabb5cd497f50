/** Light or dark colours: as the device is set, unless the reader chose otherwise here. */

import { signal } from "@preact/signals";
import type { Scheme } from "../../shared/vocabulary.ts";
import { schemes } from "../../shared/vocabulary.ts";
import { recall, remember } from "./local-storage.ts";

export const scheme = signal<Scheme>(schemes.find((each) => each === recall("scheme")) ?? "auto");

export function applyScheme(): void {
  document.documentElement.dataset.scheme = scheme.value;
}

export function chooseScheme(next: Scheme): void {
  scheme.value = next;
  remember("scheme", next === "auto" ? null : next);
  applyScheme();
}
