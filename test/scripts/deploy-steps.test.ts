/** A deploy with a fake of Cloudflare: the commands to wrangler, their order, and the messages to the user. */
import { describe, expect, it } from "vitest";
import { deploy, StepFailed } from "../../scripts/deploy-steps.ts";
import { urlsIn } from "../../scripts/wrangler.ts";

type Account = {
  databases?: string[];
  secrets?: string[];
  /** The first words of a command that fails. */
  failing?: string;
  urls?: string[];
  /** Statuses of the Worker's replies to the request for a sign-in code, the last one for ever. */
  replies?: number[];
};

async function deployed({
  databases = [],
  secrets = [],
  failing,
  urls = ["https://vidhuk.me.workers.dev"],
  replies = [201],
}: Account) {
  const asked: string[] = [];
  const said: string[] = [];
  const requests: Request[] = [];
  let key = "";
  const failure = await deploy({
    dryRun: false,
    pauseMs: 0,
    say: (text) => said.push(text),
    fetch: async (url, init) => {
      requests.push(new Request(url as string, init));
      const status = replies[Math.min(requests.length, replies.length) - 1]!;
      return Response.json(status === 201 ? { code: "one-time", expires_at: "" } : {}, { status });
    },
    async wrangler(args, { input } = {}) {
      const command = args.join(" ");
      asked.push(command);
      if (input) key = input;
      const lists: Record<string, string[]> = { "d1 list --json": databases, "secret list": secrets };
      const printed = JSON.stringify(lists[command]?.map((name) => ({ name })) ?? null);
      return { ok: !failing || !command.startsWith(failing), printed, urls: command === "deploy" ? urls : [] };
    },
  }).catch((error: unknown) => error);
  return { asked, said: said.join("\n"), requests, failure, key };
}

const MIGRATE = "d1 migrations apply DB --remote";

describe("the first deploy", () => {
  it("uploads, which makes the database, then migrates, then makes the root key", async () => {
    const { asked, failure } = await deployed({});
    expect(asked).toEqual(["d1 list --json", "deploy", MIGRATE, "secret list", "secret put ADMIN_TOKEN"]);
    expect(failure).toBeUndefined();
  });

  it("shows the root key once, and where to sign in without typing it", async () => {
    const { said, key, requests } = await deployed({});
    expect(key).toMatch(/^[\w-]{32}$/);
    expect(said.split(key)).toHaveLength(2);
    expect(said).toContain("https://vidhuk.me.workers.dev/dashboard/#code=one-time");
    expect(requests[0]?.headers.get("Authorization")).toBe(`Bearer ${key}`);
  });

  it("waits for an address that does not answer yet, and says what to do when it never does", async () => {
    const soon = await deployed({ replies: [404, 503, 201] });
    expect([soon.requests.length, soon.said.includes("#code=one-time")]).toEqual([3, true]);
    const never = await deployed({ replies: [404] });
    expect(never.said).toContain("Sign in with it at https://vidhuk.me.workers.dev/dashboard/");
  });

  it("says where the dashboard is also where wrangler does not tell the address", async () => {
    expect((await deployed({ urls: [] })).said).toContain("/dashboard/");
  });
});

describe("a later deploy", () => {
  const account = { databases: ["vidhuk", "another"], secrets: ["ADMIN_TOKEN"] };

  it("migrates before the new Worker meets the database, and leaves the root key alone", async () => {
    const { asked, said, requests } = await deployed(account);
    expect(asked).toEqual(["d1 list --json", MIGRATE, "deploy", "secret list"]);
    expect(said).toContain("The dashboard: https://vidhuk.me.workers.dev/dashboard/");
    expect(requests).toEqual([]);
  });

  it("uploads nothing when the migration fails, so that the Worker that is there goes on serving", async () => {
    const { asked, failure } = await deployed({ ...account, failing: "d1 migrations" });
    expect(asked).not.toContain("deploy");
    expect(failure).toBeInstanceOf(StepFailed);
    expect(String(failure)).toContain(`wrangler ${MIGRATE} failed`);
  });

  it.each(["d1 list", "deploy", "secret list", "secret put"])(
    "stops at `%s` when it fails, and says so",
    async (failing) => {
      const { asked, failure } = await deployed({ failing });
      expect(asked.at(-1)).toContain(failing);
      expect(String(failure)).toContain("It is safe to run `npm run deploy` again");
    },
  );
});

it("reads the Worker's addresses out of wrangler's record, one's own domain first", () => {
  const entries = [
    { type: "wrangler-session", version: 1 },
    {
      type: "deploy",
      version: 1,
      targets: [
        "https://vidhuk.me.workers.dev",
        "feedback.shop.example (custom domain - zone name: shop.example)",
        "shop.example/w/*",
        "schedule: */10 * * * *",
      ],
    },
  ];
  expect(urlsIn(entries.map((entry) => JSON.stringify(entry)).join("\n"))).toEqual([
    "https://feedback.shop.example",
    "https://vidhuk.me.workers.dev",
  ]);
});
