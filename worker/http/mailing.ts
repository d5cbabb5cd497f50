import type { Context } from "hono";
import { idempotencyKeySchema } from "../../shared/schema/invitation.ts";
import { hashText } from "../crypto/hash.ts";
import type { App } from "../env.ts";
import { invalid } from "../problem.ts";

/**
 * The mailing that a call which invites belongs to, by its `Idempotency-Key`. A call without one is a mailing of its own: only the
 * throttle then keeps people from being invited twice.
 */
export async function mailingOf(c: Context<App>): Promise<string> {
  const key = c.req.header("Idempotency-Key");
  if (key === undefined) return c.var.requestId;
  if (!idempotencyKeySchema.safeParse(key).success)
    throw invalid("Idempotency-Key", "must be 1 to 200 visible ASCII characters");
  return (await hashText(key)).slice(0, 22);
}
