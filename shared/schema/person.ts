import * as z from "zod";
import { pagingSchema } from "./paging.ts";
import type { Properties } from "./response.ts";
import { respondentIdSchema } from "./response.ts";

/** The query of `DELETE /v1/respondents`: an id may be anything, `..` too, which no address can hold in its path. */
export const personQuerySchema = z.strictObject({ respondent: respondentIdSchema });

/** The query of `GET /v1/respondents`. */
export const personPageQuerySchema = pagingSchema.extend({ respondent: respondentIdSchema });

/** One response in `GET /v1/respondents/:id`: everything that is stored of it but the hash of its secret. */
export type PersonResponse = {
  survey: string;
  id: string;
  created_at: string;
  received_at: string;
  updated_at: string;
  nps: number | null;
  csat: number | null;
  comment: string | null;
  verified: boolean;
  properties: Properties;
  segments: Record<string, string>;
  locale: string | null;
  page: string | null;
  channel: string;
  flags: string[];
  tags: string[];
  status: string;
  note: string | null;
  excluded: boolean;
  test: boolean;
};

/** The reply of `GET /v1/respondents/:id`. Responses come page by page, the rest with each page. */
export type Person = {
  respondent: string;
  items: PersonResponse[];
  next: string | null;
  invitations: {
    survey: string;
    id: string;
    language: string | null;
    properties: Properties;
    created_at: string;
    expires_at: string;
    revoked_at: string | null;
  }[];
  unsubscribes: { survey: string | null; source: string; created_at: string }[];
};

/** The reply of `DELETE /v1/respondents/:id`. `more`: too much for one call; send it again. */
export type Erased = { responses: number; invitations: number; more: boolean };
