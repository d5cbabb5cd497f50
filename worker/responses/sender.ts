import type { Channel, Device, Flag } from "../../shared/vocabulary.ts";
import type { Act } from "../db/audit.ts";
/** What the request itself tells of its sender. */
export type Sender = {
  channel: Channel;
  /** The page's origin, null where no browser sent it; undefined: not judged by it (a key, a page of our own). */
  origin?: string | null;
  device: Device | null;
  /** Whether the respondent's identity was proven. */
  verified: boolean;
  flags: readonly Flag[];
  /** When the person answered, by the server's clock, for a page of our own; by default the time inside the id. */
  createdAt?: number;
  /** Holds a key that may write: asked for no challenge, and stored past the daily limit. */
  trusted?: boolean;
  /** The row of the log that goes with what a key stores or changes; without it nothing is logged. */
  act?: Act;
  /** Shows that a person is there, or throws. Absent: it cannot be shown, and a survey that asks for it stays shut. */
  prove?: (siteKey: string) => Promise<void>;
  /** Instant until which the response may be changed; by default 24 hours after it was first stored. */
  amendableUntil?: number;
};
