/** One survey, and all that hangs on it. */
import type { Imported, ImportOptions } from "./import.ts";
import { importLines } from "./import.ts";
import type { Asked, Listing } from "./lists.ts";
import { listing, parts } from "./lists.ts";
import type { LiveEvent } from "./live.ts";
import { live } from "./live.ts";
import type { CommentFilter, CsvFilter, MetricsQuery, ResponseFilter, TopicsQuery } from "./queries.ts";
import type { Query, Transport } from "./transport.ts";
import type {
  CommentItem,
  ImportLine,
  Invitation,
  InvitationsInput,
  InvitationsReply,
  Metrics,
  ResponseItem,
  ResponsePatchInput,
  Survey,
  SurveySettingsInput,
  Topics,
} from "./types.ts";

export class SurveyClient {
  readonly id: string;
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, id: string) {
    this.id = id;
    this.#transport = transport;
    this.#path = `/v1/surveys/${encodeURIComponent(id)}`;
  }

  /** The survey and its settings. Scope `metrics`. */
  read({ signal }: Asked = {}): Promise<Survey> {
    return this.#transport.json("GET", this.#path, { signal });
  }

  /**
   * Changes what is named. `since`: the `updated_at` of the survey as you read it; what others changed meanwhile to another
   * value is then a `conflict` and nothing is saved. Scope `admin`.
   */
  change(settings: Partial<SurveySettingsInput>, { since, signal }: Asked & { since?: string } = {}): Promise<Survey> {
    const headers: Record<string, string> = since === undefined ? {} : { "If-Match": `"${since}"` };
    return this.#transport.json("PATCH", this.#path, { body: settings, headers, signal });
  }

  /** Deletes the survey and all its responses. Scope `admin`. */
  delete({ signal }: Asked = {}): Promise<void> {
    return this.#transport.json("DELETE", this.#path, { signal });
  }

  /** Scores, series, groups and changes of a range of days; the last 90 days where nothing is said. Scope `metrics`. */
  metrics(query: MetricsQuery = {}, { signal }: Asked = {}): Promise<Metrics> {
    return this.#transport.json("GET", `${this.#path}/metrics`, { query, signal });
  }

  /** The topics of the comments and what each costs the scores. Scope `metrics`. */
  topics(query: TopicsQuery = {}, { signal }: Asked = {}): Promise<Topics> {
    return this.#transport.json("GET", `${this.#path}/topics`, { query, signal });
  }

  /** The names of those who take care of a response. Scope `comments`. */
  async assignees({ signal }: Asked = {}): Promise<string[]> {
    const { items } = await this.#transport.json<{ items: string[] }>("GET", `${this.#path}/assignees`, { signal });
    return items;
  }

  /** Comments, newest first. Scope `comments`. */
  comments(filter: CommentFilter = {}, asked: Asked = {}): Listing<CommentItem> {
    return listing(this.#transport, `${this.#path}/comments`, filter, asked);
  }

  /**
   * Every response, newest first, or with `updated_since` in the order of changes. It reads 1,000 at a time, goes on by itself
   * where the connection was cut, and holds no more than those in memory. Scope `comments`.
   */
  async *responses(filter: ResponseFilter = {}, asked: Asked = {}): AsyncGenerator<ResponseItem> {
    for await (const text of parts(
      this.#transport,
      `${this.#path}/responses`,
      "application/x-ndjson",
      asQuery(filter),
      asked,
    ))
      for (const line of text.split("\n")) if (line !== "") yield JSON.parse(line);
  }

  /** The same as texts of a CSV, each of whole rows, the first with the head line: write them one after the other. */
  csv(filter: CsvFilter = {}, asked: Asked = {}): AsyncGenerator<string> {
    return parts(this.#transport, `${this.#path}/responses`, "text/csv", asQuery(filter), asked);
  }

  /** One response; `erased` (410) or `not_found` (404) where it is gone. Scope `comments`. */
  response(id: string, { signal }: Asked = {}): Promise<ResponseItem> {
    return this.#transport.json("GET", this.#responsePath(id), { signal });
  }

  /** Tags, resolves, notes, or takes out of the figures. Scope `write`. */
  changeResponse(id: string, patch: ResponsePatchInput, { signal }: Asked = {}): Promise<ResponseItem> {
    return this.#transport.json("PATCH", this.#responsePath(id), { body: patch, signal });
  }

  /** Erases the comment and the person; with `score: "drop"` the score too. Scope `write`. */
  eraseResponse(id: string, { score, signal }: Asked & { score?: "keep" | "drop" } = {}): Promise<void> {
    return this.#transport.json("DELETE", this.#responsePath(id), { query: { score }, signal });
  }

  /**
   * Makes links for at most 1,000 people. Whoever was invited by the same `mailing` before is given the same link, so the call
   * may be repeated; where none is named, one is made up for this call and its repetitions. Scope `write`.
   */
  invite(
    invitations: InvitationsInput,
    { mailing = crypto.randomUUID(), signal }: Asked & { mailing?: string } = {},
  ): Promise<InvitationsReply> {
    const headers = { "Idempotency-Key": mailing };
    return this.#transport.json("POST", `${this.#path}/invitations`, {
      body: invitations,
      headers,
      signal,
      repeatable: true,
    });
  }

  /**
   * Stores answers of earlier times, people who are not to be asked, and when people were last asked; from any source of lines,
   * in constant memory, 500 lines at a time. What was stored before is not stored again, so an import that ended early is begun
   * anew; give each line its `id`, by which it is known. Lines are checked by the part: with `dryRun` first none is stored
   * before all are known to be clean. Scope `write`.
   */
  import(lines: Iterable<ImportLine> | AsyncIterable<ImportLine>, options: ImportOptions = {}): Promise<Imported> {
    return importLines(this.#transport, `${this.#path}/import`, lines, options);
  }

  /** One invitation and its link. Scope `write`. */
  invitation(id: string, { signal }: Asked = {}): Promise<Invitation> {
    return this.#transport.json("GET", `${this.#path}/invitations/${encodeURIComponent(id)}`, { signal });
  }

  /** Makes the link good for nothing. Scope `write`. */
  revokeInvitation(id: string, { signal }: Asked = {}): Promise<void> {
    return this.#transport.json("DELETE", `${this.#path}/invitations/${encodeURIComponent(id)}`, { signal });
  }

  /**
   * The figures at every change, and with the scope `comments` each new comment, without end: `break` or the signal ends them.
   * It goes on by itself where the connection was cut, and leaves nothing out.
   */
  live(query: MetricsQuery = {}, { signal }: Asked = {}): AsyncGenerator<LiveEvent> {
    return live(this.#transport, `${this.#path}/live`, query, signal);
  }

  #responsePath(id: string): string {
    return `${this.#path}/responses/${encodeURIComponent(id)}`;
  }
}

function asQuery({ updated_since: since, ...filter }: CsvFilter): Query {
  return {
    ...filter,
    ...(since !== undefined && { updated_since: since instanceof Date ? since.toISOString() : since }),
  };
}
