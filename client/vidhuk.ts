/** A collector, and all that is not of one survey. */
import { mintResponseId } from "../shared/response-id.ts";
import type { Asked, Listing } from "./lists.ts";
import { listing } from "./lists.ts";
import type { CombinedMetricsQuery, CombinedTopicsQuery } from "./queries.ts";
import { SurveyClient } from "./survey.ts";
import type { Call, Options, Transport } from "./transport.ts";
import { transportOf } from "./transport.ts";
import type {
  Erased,
  Metrics,
  Person,
  ResponseBody,
  ResponseReceipt,
  Status,
  Survey,
  SurveySettingsInput,
  Topics,
  Unsubscribe,
} from "./types.ts";

/** `survey`: from this survey alone; without it from all. */
type Unsubscribing = Asked & { survey?: string };

export class Vidhuk {
  readonly #transport: Transport;

  constructor(options: Options) {
    this.#transport = transportOf(options);
  }

  /** One survey by its id. Asks nothing yet. */
  survey(id: string): SurveyClient {
    return new SurveyClient(this.#transport, id);
  }

  /** The surveys that the key reaches. Scope `metrics`. */
  surveys(asked: Asked = {}): Listing<Survey> {
    return listing(this.#transport, "/v1/surveys", {}, asked);
  }

  /** Makes a survey; not sent again where the reply was lost, for there might be two then. Scope `admin`. */
  makeSurvey(settings: SurveySettingsInput, { signal }: Asked = {}): Promise<Survey> {
    return this.#transport.json("POST", "/v1/surveys", { body: settings, signal });
  }

  /** The figures of several surveys of one time zone as one. Scope `metrics`. */
  metrics(query: CombinedMetricsQuery, { signal }: Asked = {}): Promise<Metrics> {
    return this.#transport.json("GET", "/v1/metrics", { query, signal });
  }

  /** The topics that several surveys of one time zone declare under the same name. Scope `metrics`. */
  topics(query: CombinedTopicsQuery, { signal }: Asked = {}): Promise<Topics> {
    return this.#transport.json("GET", "/v1/topics", { query, signal });
  }

  /**
   * Sends one answer; with the `id` (see `newResponseId`) and the `secret` of the first time it may be sent again, and changed
   * for 24 hours. Needs no key.
   */
  send(response: ResponseBody, { signal }: Asked = {}): Promise<ResponseReceipt> {
    return this.#transport.json("POST", "/v1/responses", { body: response, signal, repeatable: true });
  }

  /** Who is not asked: by one survey, or by all. `respondent`: how the id begins. Scope `write`. */
  unsubscribes({ signal, ...query }: Unsubscribing & { respondent?: string } = {}): Listing<Unsubscribe> {
    return listing(this.#transport, "/v1/unsubscribes", query, { signal });
  }

  /** Asks a person no more. Scope `write`. */
  unsubscribe(respondent: string, { survey, signal }: Unsubscribing = {}): Promise<Unsubscribe> {
    const body = { respondent, ...(survey !== undefined && { survey }) };
    return this.#transport.json("POST", "/v1/unsubscribes", { body, signal, repeatable: true });
  }

  /** Lets a person be asked again. Scope `write`. */
  resubscribe(respondent: string, { survey, signal }: Unsubscribing = {}): Promise<void> {
    return this.#transport.json("DELETE", "/v1/unsubscribes", { query: { respondent, survey }, signal });
  }

  /** Everything that is stored about one person; the responses of one page. Scope `admin`. */
  person(respondent: string, { cursor, signal }: Asked & { cursor?: string | null } = {}): Promise<Person> {
    return this.#transport.json("GET", "/v1/respondents", { query: { respondent, cursor }, signal });
  }

  /** Erases everything about one person, in as many calls as it takes. Scope `admin`. */
  async erasePerson(respondent: string, { signal }: Asked = {}): Promise<Omit<Erased, "more">> {
    const all = { responses: 0, invitations: 0 };
    for (let more = true; more; ) {
      const erased = await this.#transport.json<Erased | undefined>("DELETE", "/v1/respondents", {
        query: { respondent },
        signal,
      });
      all.responses += erased?.responses ?? 0;
      all.invitations += erased?.invitations ?? 0;
      more = erased?.more ?? false;
    }
    return all;
  }

  /** The state of the collector. Scope `admin`. */
  status({ signal }: Asked = {}): Promise<Status> {
    return this.#transport.json("GET", "/v1/status", { signal });
  }

  /** Any other address of the API, by the same rules: `GET /openapi.json` names them all. */
  call<Result>(method: string, path: string, call: Call = {}): Promise<Result> {
    return this.#transport.json(method, path, call);
  }
}

/** A new id for an answer given at `at` (ms since 1970), at most 7 days ago. */
export function newResponseId(at: number = Date.now()): string {
  return mintResponseId(at, crypto.getRandomValues(new Uint8Array(10)));
}
