/** What a step says at its head, where the keyboard lands when the step comes. */
import { h } from "preact";

export const Title = ({ children }: { children: string }) => (
  <p class="title" part="title" id="title" tabIndex={-1}>
    {children}
  </p>
);
