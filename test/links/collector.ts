/** What the tests of linked pages ask of the running collector. */
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Invitation, InvitationsReply, InvitedPerson } from "../../shared/schema/invitation.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { SurveySettingsInput } from "../../shared/schema/survey.ts";
import { ask } from "../support/shared-collector.ts";

export type Mailed = InvitedPerson & { survey: string };

export async function aSurvey(settings: Partial<SurveySettingsInput> = {}): Promise<string> {
  return (await ask<{ id: string }>("/v1/surveys", "POST", { name: "Test", brand: "Lumen", ...settings })).id;
}

/** One person invited to a survey of their own. */
export async function anInvitation(
  rest: Record<string, unknown> = {},
  settings: Partial<SurveySettingsInput> = {},
): Promise<Mailed> {
  const survey = await aSurvey(settings);
  const body = { respondents: [{ id: "ann" }], ...rest };
  const { invitations } = await ask<InvitationsReply>(`/v1/surveys/${survey}/invitations`, "POST", body);
  return { ...(invitations[0] as InvitedPerson), survey };
}

/** How many responses the survey counts, which is every one stored. */
export async function countOf(survey: string): Promise<number> {
  return (await ask<Metrics>(`/v1/surveys/${survey}/metrics`)).responses;
}

export async function distributionOf(survey: string): Promise<number[] | undefined> {
  return (await ask<Metrics>(`/v1/surveys/${survey}/metrics`)).nps?.distribution;
}

export async function stateOf({ survey, id }: Mailed): Promise<Invitation["state"]> {
  return (await ask<Invitation>(`/v1/surveys/${survey}/invitations/${id}`)).state;
}

export async function commentsOf(survey: string): Promise<CommentItem[]> {
  return (await ask<{ items: CommentItem[] }>(`/v1/surveys/${survey}/comments`)).items;
}
