/** Where a webhook may send, in every spelling, by the numbers and by name. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import entry from "../../../worker/index.ts";
import { isPublicAddress, isRefused, targetOf } from "../../../worker/webhooks/address.ts";
import { ADMIN, aCollector, aResponse } from "../support/collector.ts";
import type { Names } from "../support/receivers.ts";
import { aWorld } from "../support/receivers.ts";

const LOOPBACK = [
  "http://127.0.0.1/",
  "https://127.0.0.1:8443/",
  "http://127.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://127.0.0.1./",
  "http://127.8.9.10/",
  "http://１２７.０.０.１/",
  "http://[::1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://localhost/",
  "https://localhost./",
  "https://LOCALHOST:8443/",
  "https://shop.localhost/",
];

const NOT_PUBLIC = [
  ["any address of this machine", ["0.0.0.0", "0", "[::]"]],
  [
    "private networks",
    ["10.1.2.3", "10.1", "0xa010203", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "3232235777"],
  ],
  [
    "link-local and metadata",
    [
      "169.254.169.254",
      "2852039166",
      "0xa9fea9fe",
      "0251.0376.0251.0376",
      "169.254.169.254.",
      "168.63.129.16",
      "100.100.100.200",
      "192.0.0.192",
    ],
  ],
  [
    "of carriers, tests and documentation",
    ["100.64.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1"],
  ],
  ["multicast, reserved and broadcast", ["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"]],
  ["unique local and link-local of IPv6", ["[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fec0::1]", "[ff02::1]"]],
  [
    "IPv4 in IPv6: mapped, compatible, NAT64, 6to4, Teredo",
    [
      "[::ffff:127.0.0.1]",
      "[::ffff:a9fe:a9fe]",
      "[::ffff:8.8.8.8]",
      "[::127.0.0.1]",
      "[64:ff9b::7f00:1]",
      "[64:ff9b::169.254.169.254]",
      "[64:ff9b:1::a00:1]",
      "[2002:7f00:1::]",
      "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    ],
  ],
  ["documentation of IPv6", ["[2001:db8::1]", "[3fff::1]"]],
  [
    "names of this machine and its network",
    [
      "metadata.google.internal",
      "metadata",
      "router.lan",
      "nas.local",
      "host.docker.internal",
      "intra.corp",
      "box.home.arpa",
      "a.localdomain",
      "nas.local.",
    ],
  ],
] as const;

describe.each(NOT_PUBLIC)("%s", (_, hosts) => {
  it.each(hosts)("https://%s/ is refused, also where this machine itself may be asked", (host) => {
    for (const loopback of [false, true])
      expect(targetOf(`https://${host}/hook`, loopback)).toEqual({ refused: "is not of the public internet" });
  });
});

it.each(LOOPBACK)("%s is refused, unless this machine itself may be asked", (address) => {
  const refused = targetOf(address, false);
  expect(isRefused(refused) && refused.refused).toMatch(/this machine itself/);
  expect(isRefused(targetOf(address, true))).toBe(false);
});

it.each([
  ["http://hooks.example/", /https/],
  ["ftp://hooks.example/", /https/],
  ["javascript:alert(1)", /https/],
  ["hooks.example/x", /https/],
  ["https://", /https/],
  ["https://ann:secret@hooks.example/", /user name/],
  ["https://ann@hooks.example/", /user name/],
  ["https://hooks.example/#x", /after #/],
  ["https://hooks.example:22/", /port/],
  ["https://hooks.example:25/", /port/],
  ["https://hooks.example:80/", /port/],
  ["https://hooks.example:6379/", /port/],
  ["https://1.1.1.1:25/", /port/],
  ["https://1.2.3.4.5/", /https/],
])("%s is refused in words", (address, words) => {
  for (const loopback of [false, true]) {
    const target = targetOf(address, loopback);
    expect(isRefused(target) && target.refused).toMatch(words);
  }
});

it.each([
  "https://hooks.example/a/b?c=d",
  "https://hooks.example:8443/",
  "https://хук.example/",
  "https://1.1.1.1/",
  "https://172.32.0.1/",
  "https://[2606:4700:4700::1111]/",
  "https://localhost.example/",
])("%s may be asked", (address) => {
  expect(targetOf(address, false)).toMatchObject({ url: new URL(address) });
});

it.each([
  ["93.184.215.14", true],
  ["2606:4700::6810:84e5", true],
  ["2a00:1450:4001:830::200e", true],
  ["::ffff:8.8.8.8", false],
  ["fe80::1", false],
  ["1.2.3", false],
  ["1.2.3.400", false],
  ["1:2:3:4:5:6:7:8:9", false],
  ["1::2::3", false],
  ["", false],
])("the address %s out of the domain name system is public: %s", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

describe("a name", () => {
  const names: Names = {
    "loops.example": { A: ["127.0.0.1"] },
    "half.example": { A: ["93.184.215.14", "10.0.0.1"] },
    "six.example": { A: ["93.184.215.14"], AAAA: ["::ffff:169.254.169.254"] },
    "nat64.example": { AAAA: ["64:ff9b::a9fe:a9fe"] },
    "nothing.example": {},
    "unknown.example": null,
  };

  it.each([
    ["loops.example", "refused_address"],
    ["half.example", "refused_address"],
    ["six.example", "refused_address"],
    ["nat64.example", "refused_address"],
    ["nothing.example", "name_unresolved"],
    ["unknown.example", "name_unresolved"],
    ["good.example", null],
  ])("%s is resolved before each message: %s", async (name, failure) => {
    const world = aWorld(names);
    const collector = aCollector({ fetch: world.fetch });
    const survey = await collector.makeSurvey({ questions: ["nps"] });
    const path = `/v1/surveys/${survey}/webhooks`;
    const hook = { url: `https://${name}/`, events: ["response.created"] };
    const { id } = (await collector.request<{ id: string }>("POST", path, hook, ADMIN)).body;
    expect((await collector.request("POST", `${path}/${id}/test`, undefined, ADMIN)).body).toMatchObject({ failure });
    await collector.post(aResponse(survey));
    const { items } = (await collector.get<{ items: object[] }>(`${path}/${id}/deliveries`)).body;
    expect(items).toMatchObject([{ state: failure ? "waiting" : "delivered", failure }]);
    expect(world.got.length).toBe(failure ? 0 : 2);
  });
});

it("WEBHOOKS_TO_LOOPBACK has no effect on a Worker that is bundled as for a deploy", async () => {
  const survey = await aCollector().makeSurvey();
  const request = new Request(`http://localhost/v1/surveys/${survey}/webhooks`, {
    method: "POST",
    headers: { ...ADMIN, "Content-Type": "application/json" },
    body: JSON.stringify({ url: "http://127.0.0.1:9/", events: ["response.created"] }),
  });
  const context = { waitUntil: () => {}, passThroughOnException: () => {} } as unknown as ExecutionContext;
  const reply = await entry.fetch(request, { ...env, WEBHOOKS_TO_LOOPBACK: "on" }, context);
  expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining("this machine itself")]);
});
