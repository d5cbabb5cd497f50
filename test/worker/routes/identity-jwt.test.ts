/** An identity token may be an ordinary JWT: what the usual libraries write is taken, and what they must not be used for is not. */
import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewSigningKey } from "../../../shared/schema/signing-key.ts";
import type { TokenFault } from "../../../shared/vocabulary.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, aResponse, DAY, NOON } from "../support/collector.ts";
import { anIdentityKey, encode, identityToken } from "../support/identity.ts";

let collector: Collector;
let survey: string;
let key: Required<NewSigningKey>;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
  key = await anIdentityKey(collector, survey);
});

beforeEach(() => {
  collector.clock.now = NOON;
});

const encoded = (text: string) => encode(new TextEncoder().encode(text));

/** Signs the two texts as they stand, so that a test says which bytes a library has written. */
async function jwt(header: string, payload: string, secret = key.secret): Promise<string> {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  return `${signed}.${encode(new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(signed))))}`;
}

const EXP = NOON / 1000 + 600;

const sound = (header: object = {}, claims: object = {}, secret?: string) =>
  jwt(
    JSON.stringify({ alg: "HS256", typ: "JWT", kid: key.id, ...header }),
    JSON.stringify({ sub: "ann", aud: survey, exp: EXP, ...claims }),
    secret,
  );

async function ask(token: string, id = "ann", of = survey) {
  const reply = await collector.request("POST", "/v1/eligibility", { survey: of, id, token });
  expect(reply.status).toBe(200);
  return reply.body;
}

async function isStoredAsProven(token: string, id = "ann", of = survey): Promise<boolean> {
  const response = aResponse(of, { respondent: { id, token } });
  expect((await collector.post(response)).status).toBe(201);
  const row = await env.DB.prepare("SELECT respondent_verified FROM responses WHERE survey_id = ? AND id = ?")
    .bind(of, response.id)
    .first();
  return row?.respondent_verified === 1;
}

/**
 * Tokens for the person below, good until 12:20 on the day of the tests, under the key and secret below. Those of PyJWT,
 * jsonwebtoken and jose were made by the libraries. No PHP, Go or Ruby was at hand: these three have the JSON that the sources
 * of the libraries write (order of names, escapes, `aud` as text or list), signed with the same secret.
 */
const recorded = {
  person: "Олена & Ко/4711",
  survey: "srv_recorded",
  key: "recorded",
  secret: "vhs_ThisSecretIsForTheRecordedTokensOfTheTests1",
  tokens: {
    "PyJWT 2.15.1, Python":
      "eyJhbGciOiJIUzI1NiIsImtpZCI6InJlY29yZGVkIiwidHlwIjoiSldUIn0.eyJzdWIiOiJcdTA0MWVcdTA0M2JcdTA0MzVcdTA0M2RcdTA0MzAgJiBcdTA0MWFcdTA0M2UvNDcxMSIsImF1ZCI6InNydl9yZWNvcmRlZCIsImV4cCI6MTc5NTM1MDAwMH0.f4zMbZTiuHH2YU9J2S-Icz-t2mKuJ90kbjqJoVLyQjY",
    "jsonwebtoken 9.0.3, Node":
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InJlY29yZGVkIn0.eyJpYXQiOjE3OTUzNDY0MDAsImV4cCI6MTc5NTM1MDAwMCwiYXVkIjoic3J2X3JlY29yZGVkIiwic3ViIjoi0J7Qu9C10L3QsCAmINCa0L4vNDcxMSJ9.M5Crd9Yt1Su6Jn1FU_4ON_5vt4ixO3e_0E5YD_1sEyg",
    "jose 6.2.18, Node":
      "eyJhbGciOiJIUzI1NiIsImtpZCI6InJlY29yZGVkIn0.eyJzdWIiOiLQntC70LXQvdCwICYg0JrQvi80NzExIiwiYXVkIjoic3J2X3JlY29yZGVkIiwiaWF0IjoxNzk1MzQ2NDAwLCJleHAiOjE3OTUzNTAwMDB9.ogjAa-7QWKc5H3LoQfHZVniO3FikKz7eyukp3dQi0UQ",
    "as firebase/php-jwt, PHP":
      "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6InJlY29yZGVkIn0.eyJzdWIiOiJcdTA0MWVcdTA0M2JcdTA0MzVcdTA0M2RcdTA0MzAgJiBcdTA0MWFcdTA0M2UvNDcxMSIsImF1ZCI6InNydl9yZWNvcmRlZCIsImV4cCI6MTc5NTM1MDAwMH0.abKuTb0YS2JMC3pDdshxi-aUjZwq7Si-ZkAKeAGHvGI",
    "as golang-jwt with RegisteredClaims, Go":
      "eyJhbGciOiJIUzI1NiIsImtpZCI6InJlY29yZGVkIiwidHlwIjoiSldUIn0.eyJzdWIiOiLQntC70LXQvdCwIFx1MDAyNiDQmtC-LzQ3MTEiLCJhdWQiOlsic3J2X3JlY29yZGVkIl0sImV4cCI6MTc5NTM1MDAwMH0.RzXoIniXR7hV-eNEjBbf5tnQSX0G4iPEEeOO_dO4ehU",
    "as ruby-jwt, Ruby":
      "eyJraWQiOiJyZWNvcmRlZCIsImFsZyI6IkhTMjU2In0.eyJzdWIiOiLQntC70LXQvdCwICYg0JrQvi80NzExIiwiYXVkIjoic3J2X3JlY29yZGVkIiwiZXhwIjoxNzk1MzUwMDAwfQ.Uc0mTGZMpnOtjd_2DjcPGM8qQNXTGZTmmG3xmnDdDs0",
  },
};

describe("a JWT", () => {
  beforeAll(async () => {
    const { results } = await env.DB.prepare("PRAGMA table_info(surveys)").all<{ name: string }>();
    const others = results.map(({ name }) => name).filter((name) => name !== "id");
    await env.DB.batch([
      env.DB.prepare(`INSERT INTO surveys (id, ${others}) SELECT ?, ${others} FROM surveys WHERE id = ?`).bind(
        recorded.survey,
        survey,
      ),
      env.DB.prepare("INSERT INTO signing_keys VALUES (?, ?, 'identity', ?, ?)").bind(
        recorded.key,
        recorded.survey,
        recorded.secret,
        NOON,
      ),
    ]);
  });

  it.each(Object.entries(recorded.tokens))("of %s proves who the visitor is, until it expires", async (_, token) => {
    expect(await isStoredAsProven(token, recorded.person, recorded.survey)).toBe(true);
    collector.clock.now = NOON + 20 * 60_000;
    expect(await ask(token, recorded.person, recorded.survey)).toMatchObject({ token_fault: "expired" });
  });

  const good: [name: string, make: () => Promise<string>, id?: string][] = [
    ["without typ", () => sound({ typ: undefined })],
    ["with typ in lower case", () => sound({ typ: "jwt" })],
    ["for several audiences", () => sound({}, { aud: ["https://shop.example", survey] })],
    ["of a server whose ids are numbers", () => sound({}, { sub: 4711 }), "4711"],
    ["with claims of its server's own", () => sound({}, { iss: "shop", iat: EXP, jti: "1", roles: ["a"] })],
    ["of a server whose clock is half a minute ahead", () => sound({}, { nbf: NOON / 1000 + 30 })],
    ["with a fraction in its time", () => sound({}, { exp: EXP + 0.5 })],
  ];

  it.each(good)("%s is taken", async (_, make, id = "ann") => {
    expect(await isStoredAsProven(await make(), id)).toBe(true);
  });

  const rsa = async () => {
    const signed = (await sound({ alg: "RS256" })).split(".").slice(0, 2).join(".");
    const pair = (await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      true,
      ["sign", "verify"],
    )) as CryptoKeyPair;
    const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", pair.privateKey, new TextEncoder().encode(signed));
    return `${signed}.${encode(new Uint8Array(signature))}`;
  };
  const another = async () => {
    const other = await collector.makeSurvey();
    return { other, key: await anIdentityKey(collector, other) };
  };

  const bad: [name: string, fault: TokenFault, make: () => Promise<string>][] = [
    [
      "with alg none and no signature",
      "wrong_algorithm",
      async () => `${(await sound({ alg: "none" })).split(".").slice(0, 2).join(".")}.`,
    ],
    ["with alg none and a sound signature", "wrong_algorithm", () => sound({ alg: "none" })],
    ["with alg NONE", "wrong_algorithm", () => sound({ alg: "NONE" })],
    ["by RS256", "wrong_algorithm", rsa],
    ["that says RS256 and is signed by HS256", "wrong_algorithm", () => sound({ alg: "RS256" })],
    ["by HS512", "wrong_algorithm", () => sound({ alg: "HS512" })],
    ["with alg in lower case", "wrong_algorithm", () => sound({ alg: "hs256" })],
    ["without alg", "malformed", () => sound({ alg: undefined })],
    ["with a list for alg", "malformed", () => sound({ alg: ["HS256"] })],
    ["with an extension that must be understood", "malformed", () => sound({ crit: ["b64"], b64: false })],
    ["that is another kind of token", "malformed", () => sound({ typ: "at+jwt" })],
    ["without kid in its header", "malformed", () => sound({ kid: undefined }, { kid: key.id })],
    ["of an unknown kid", "unknown_key", () => sound({ kid: "nobody00" })],
    ["of the collector's own key", "unknown_key", () => sound({ kid: "pages000" })],
    ["of another survey's key", "unknown_key", async () => sound({ kid: (await another()).key.id })],
    [
      "of another survey's key, signed with its secret",
      "unknown_key",
      async () => {
        const { key: theirs } = await another();
        return sound({ kid: theirs.id }, {}, theirs.secret);
      },
    ],
    [
      "of a key that signs links",
      "unknown_key",
      async () => {
        const links = await collector.request<NewSigningKey>(
          "POST",
          `/v1/surveys/${survey}/signing-keys`,
          { use: "links" },
          ADMIN,
        );
        return sound({ kid: links.body.id });
      },
    ],
    ["for another survey", "wrong_survey", async () => sound({}, { aud: (await another()).other })],
    ["for a list without the survey", "wrong_survey", () => sound({}, { aud: ["x", `${survey}x`] })],
    ["for nobody", "malformed", () => sound({}, { aud: undefined })],
    ["without exp", "no_expiry", () => sound({}, { exp: undefined })],
    ["with null for exp", "no_expiry", () => sound({}, { exp: null })],
    ["with text for exp", "malformed", () => sound({}, { exp: String(EXP) })],
    ["that has expired", "expired", () => sound({}, { exp: NOON / 1000 })],
    ["that holds from tomorrow on", "not_yet_valid", () => sound({}, { nbf: (NOON + DAY) / 1000, exp: EXP + 90_000 })],
    ["for somebody else", "wrong_person", () => sound({}, { sub: "bob" })],
    ["for no person", "malformed", () => sound({}, { sub: undefined })],
    ["with another secret", "wrong_signature", () => sound({}, {}, "vhs_guess")],
    ["with no signature", "wrong_signature", async () => `${(await sound()).split(".").slice(0, 2).join(".")}.`],
    ["with half a signature", "wrong_signature", async () => (await sound()).slice(0, -3)],
    [
      "whose claims were changed",
      "wrong_signature",
      async () => {
        const [head, , signature] = (await sound()).split(".");
        return `${head}.${encoded(JSON.stringify({ sub: "ann", aud: survey, exp: EXP + 1 }))}.${signature}`;
      },
    ],
    [
      "with the signature of a token in our own form",
      "wrong_signature",
      async () => {
        const own = await identityToken(key, { sub: "ann", aud: survey });
        return `${(await sound()).split(".").slice(0, 2).join(".")}.${own.split(".")[1]}`;
      },
    ],
    ["in four parts", "malformed", async () => `${await sound()}.x`],
    ["with padding", "malformed", async () => `${await sound()}=`],
    ["whose header is no JSON", "malformed", () => jwt("{", "{}")],
    ["whose claims are a list", "malformed", () => jwt(`{"alg":"HS256","kid":"${key.id}"}`, "[]")],
    ["encrypted", "malformed", async () => "a.b.c.d.e"],
  ];

  it.each(bad)("%s is told %s, and the answer that came with it is kept", async (_, fault, make) => {
    const token = await make();
    expect(await ask(token)).toEqual({ ask: true, reason: "unverified", token_fault: fault });
    expect(await isStoredAsProven(token)).toBe(false);
  });

  it("does not pass for a token in our own form, nor one in our own form for a JWT", async () => {
    const [head, payload, signature] = (await sound({}, { kid: key.id })).split(".");
    expect(await ask(`${payload}.${signature}`)).toMatchObject({ token_fault: "wrong_signature" });
    expect(await ask(`${head}.${signature}`)).toMatchObject({ token_fault: "malformed" });
  });
});
