import type { Channel, Device, Flag } from "../../shared/vocabulary.ts";
import type { Act } from "../db/audit.ts";

/** What the request tells of its sender. */
export type Sender = {
  channel: Channel;
  /**
   * The page's origin; null where no browser sent the request; undefined if the origin does not matter (a key, a page of ours).
   */
  origin?: string | null;
  device: Device | null;
  /** Whether the respondent's identity was proven. */
  verified: boolean;
  flags: readonly Flag[];
  /** For a page of ours: when the person answered, by the server's clock. By default the time in the id. */
  createdAt?: number;
  /** Whether the sender has a key that may write: it gets no challenge and has no daily limit. */
  trusted?: boolean;
  /** The row of the log for what a key stores or changes; without it nothing is logged. */
  act?: Act;
  /** Proves that a person is there, or throws. Without it a survey that asks for such a proof refuses the response. */
  prove?: (siteKey: string) => Promise<void>;
  /** Instant until which the response may be changed; by default 24 hours after it was first stored. */
  amendableUntil?: number;
  /** Whether the person has finished, as far as the sender can tell: webhooks then wait for nothing else. */
  finished?: boolean;
};
