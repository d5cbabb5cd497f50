import type { CsatGroup, NpsGroup } from "../score.ts";
import type { Properties } from "./response.ts";

export type Channel = "page" | "link" | "invitation" | "api" | "import";

/** One item of `GET /v1/surveys/:id/comments`. */
export type CommentItem = {
  id: string;
  created_at: string;
  updated_at: string;
  nps: number | null;
  csat: number | null;
  comment: string;
  nps_group: NpsGroup | null;
  csat_group: CsatGroup | null;
  respondent: { id: string; verified: boolean } | null;
  properties: Properties;
  locale: string | null;
  channel: Channel;
  page: string | null;
  topics: string[];
  tags: string[];
  status: "open" | "resolved";
  note: string | null;
  excluded: boolean;
  flags: string[];
};
