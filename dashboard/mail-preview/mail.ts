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
// The frame is made as high as the block, which is higher in a narrow frame.
new ResizeObserver(() => {
  parent.postMessage({ type: "vidhuk:mail-height", height: document.body.scrollHeight }, location.origin);
}).observe(document.body);
parent.postMessage({ type: "vidhuk:mail-ready" }, location.origin);
