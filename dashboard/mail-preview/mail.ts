/**
 * Shows the email block as a mail program would. A page of its own, because mail needs inline styles and markup from
 * text: here both are allowed, and there is nothing else to reach. Scripts inside never run, by the page's policy.
 */
type Wanted = { type: "vidhuk:mail"; html: string };

const policy = window.trustedTypes?.createPolicy("vidhuk-mail", { createHTML: (html) => html });

addEventListener("message", (event: MessageEvent<Wanted>) => {
  if (event.origin !== location.origin || event.data?.type !== "vidhuk:mail") return;
  document.body.innerHTML = policy ? policy.createHTML(event.data.html) : event.data.html;
});
parent.postMessage({ type: "vidhuk:mail-ready" }, location.origin);
