/** Signs or verifies as many link tokens as the request asks for, one after the other, and nothing else. */
import { isSignedLink, linkSigner, readLink } from "../../../worker/invitations/link-token.ts";

const key = { id: "aB3_-xYz", secret: `vhs_${"s".repeat(43)}` };
const id = "0193528f-0000-7000-8000-000000000000";
const expiresAt = Date.parse("2026-12-22T00:00:00Z");

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const sign = await linkSigner(key);
    const token = await sign(id, expiresAt);
    for (let left = Number(searchParams.get("times") ?? 0); left > 0; left--)
      if (pathname === "/sign") await sign(id, expiresAt + left * 3_600_000);
      else if (!readLink(token) || !(await isSignedLink(token, key.secret))) return new Response("", { status: 500 });
    return new Response("ok");
  },
};
