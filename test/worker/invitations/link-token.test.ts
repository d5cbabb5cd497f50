import { describe, expect, it } from "vitest";
import { isSignedLink, linkSigner, readLink, wholeHour } from "../../../worker/invitations/link-token.ts";
import { anId, DAY, NOON } from "../support/collector.ts";

const key = { id: "aB3_-xYz", secret: "vhs_secret" };
const id = anId();
const expiresAt = wholeHour(NOON + 30 * DAY + 1);

describe("a link token", () => {
  it("is short, names nobody and says which invitation it is, until when and by which key", async () => {
    const token = await (await linkSigner(key))(id, expiresAt);
    expect(token).toHaveLength(57);
    expect(readLink(token)).toEqual({ invitation: id, keyId: key.id, expiresAt });
    expect(await isSignedLink(token, key.secret)).toBe(true);
  });

  it("is worth nothing with another secret", async () => {
    const token = await (await linkSigner(key))(id, expiresAt);
    expect(await isSignedLink(token, "vhs_other")).toBe(false);
  });

  it("is worth nothing when any one of its characters is another", async () => {
    const token = await (await linkSigner(key))(id, expiresAt);
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === "A" ? "B" : "A";
      const tampered = token.slice(0, place) + other + token.slice(place + 1);
      expect(readLink(tampered) !== null && (await isSignedLink(tampered, key.secret)), `at ${place}`).toBe(false);
    }
  });

  it.each(["", ".", "x", "a".repeat(57), `${"a".repeat(34)}.`, `${"é".repeat(34)}.${"a".repeat(22)}`])(
    "%j is none",
    (text) => {
      expect(readLink(text)).toBeNull();
    },
  );
});
