import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOfResponseId, mintResponseId } from "../../shared/response-id.ts";
import { responseIdSchema } from "../../shared/schema/response.ts";

it("an id is a UUIDv7 that gives its time back, for any time and any luck", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 47), fc.uint8Array({ minLength: 10, maxLength: 10 }), (now, random) => {
      const id = mintResponseId(now, random);
      expect(responseIdSchema.safeParse(id).success).toBe(true);
      expect(instantOfResponseId(id)).toBe(now);
    }),
  );
});

it("ids made later sort later", () => {
  const none = new Uint8Array(10);
  expect(mintResponseId(2, none) > mintResponseId(1, none)).toBe(true);
});
