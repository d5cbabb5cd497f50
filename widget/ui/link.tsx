/** Where the owner invites this group to go after the thanks: a review site, a contact. */
import { h } from "preact";

export const Link = ({ url, children }: { url: string; children: string }) => (
  <p class="row">
    <a class="act main" part="button link" href={url} target="_blank" rel="noopener">
      {children}
    </a>
  </p>
);
