/** Asks the collector whether this identified person may be asked now, on whatever device they answered last. */
import type { Asking } from "./asking.ts";
import { post } from "./transport.ts";

/** A token the collector does not take counts for nothing; a collector out of reach means: not now. */
export async function isHeld({ config, host, person }: Asking): Promise<boolean> {
  const { id, token } = person();
  const { status, body } = await post(`${host}/v1/eligibility`, { survey: config.id, id: String(id), token });
  return status === 200 ? body.ask === false : status === 0 || status === 429 || status >= 500;
}
