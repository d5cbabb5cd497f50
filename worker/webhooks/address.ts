/**
 * Where a webhook may send: public addresses, by https. The URL parser of the platform brings every spelling of an IPv4 address
 * (decimal, octal, hexadecimal, full-width digits, a dot at the end) into four numbers, so the numbers are looked at here.
 */

/** An address that may be asked. `name`: what is still to be resolved; null where the address is one of numbers, or loopback. */
export type Target = { url: URL; name: string | null };

/** Why an address is refused, as the end of a sentence that begins with "the address". */
export type RefusedTarget = { refused: string };

export function isRefused(target: Target | RefusedTarget): target is RefusedTarget {
  return "refused" in target;
}

type Block = readonly [network: string, bits: number];

/** IPv4 networks that are not of the public internet (IANA's registry of special addresses), and a cloud's own address. */
const PRIVATE_4: readonly Block[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Link-local; the metadata of most clouds is at 169.254.169.254.
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  // Multicast, reserved, broadcast.
  ["224.0.0.0", 3],
  // Azure's own services.
  ["168.63.129.16", 32],
];

/** The public part of IPv6 is 2000::/3. IPv4-mapped, NAT64, unique local, link-local and loopback addresses are outside of it. */
const PUBLIC_6: Block = ["2000::", 3];
/** Within the public part: protocols and documentation, Teredo, and 6to4, which holds an IPv4 address. */
const PRIVATE_6: readonly Block[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** Names that stand for this machine or its network, by the ends of RFC 6761, 6762, 8375 and of common routers and clouds. */
const LOCAL_NAMES = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|onion)$/;
const LOOPBACK_NAME = /(^|\.)localhost$/;

/** Ports that browsers refuse too, because other protocols than HTTP are spoken there (fetch.spec.whatwg.org, "bad port"). */
const OTHER_PROTOCOLS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080, 11211,
]);

/** The address, if a message may go there. `loopback`: whether this machine itself may be asked, by http too. */
export function targetOf(text: string, loopback: boolean): Target | RefusedTarget {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return { refused: "must be one that begins with https://" };
  if (url.username !== "" || url.password !== "") return { refused: "must not hold a user name or a password" };
  if (url.hash !== "") return { refused: "must not have a part after #, which is never sent" };
  const host = url.hostname.replace(/\.$/, "");
  const isName = !isAddress(host);
  if (isLoopback(host)) {
    if (loopback) return { url, name: null };
    return { refused: "is of this machine itself; WEBHOOKS_TO_LOOPBACK=on in .dev.vars allows it for npm start" };
  }
  if (url.protocol !== "https:") return { refused: "must be one that begins with https://" };
  const port = url.port === "" ? 443 : Number(url.port);
  if (port !== 443 && (port < 1024 || OTHER_PROTOCOLS.has(port)))
    return { refused: "must have port 443, or one from 1024 on that no other protocol uses" };
  if (!isName) return isPublicAddress(host) ? { url, name: null } : { refused: NOT_PUBLIC };
  if (!host.includes(".") || LOCAL_NAMES.test(host)) return { refused: NOT_PUBLIC };
  return { url, name: host };
}

const NOT_PUBLIC = "is not of the public internet";

/** Whether a host, as `URL` writes it, or an address, as the domain name system gives it, is one of numbers. */
function isAddress(host: string): boolean {
  return numbers4(host) !== null || /^\[?[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host);
}

function isLoopback(host: string): boolean {
  const numbers = numbers4(host);
  return numbers ? numbers[0] === 127 : host === "[::1]" || LOOPBACK_NAME.test(host);
}

/** Whether the address, of IPv4 or of IPv6 in brackets or without, is of the public internet. */
export function isPublicAddress(address: string): boolean {
  const four = numbers4(address);
  if (four) return !PRIVATE_4.some(([network, bits]) => within(four, numbers4(network)!, bits, 8));
  const six = numbers6(address.replace(/^\[|\]$/g, ""));
  if (!six) return false;
  const isIn = ([network, bits]: Block) => within(six, numbers6(network)!, bits, 16);
  return isIn(PUBLIC_6) && !PRIVATE_6.some(isIn);
}

/** The four numbers of an IPv4 address in its usual form; null for anything else. */
function numbers4(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const numbers = text.split(".").map(Number);
  return numbers.every((each) => each < 256) ? numbers : null;
}

/** The eight numbers of an IPv6 address; null for what is none. The last two may be written as an IPv4 address. */
function numbers6(text: string): number[] | null {
  const last = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const four = last && numbers4(last[2]!);
  if (last && !four) return null;
  const whole = four ? `${last[1]}${hex(four[0]!, four[1]!)}:${hex(four[2]!, four[3]!)}` : text;
  const [head = "", tail, more] = whole.split("::");
  if (more !== undefined) return null;
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const zeros = 8 - left.length - right.length;
  if (tail === undefined ? zeros !== 0 : zeros < 1) return null;
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

function hex(high: number, low: number): string {
  return (high * 256 + low).toString(16);
}

/** Whether the first `bits` of the numbers, of `size` bits each, are those of the network. */
function within(numbers: readonly number[], network: readonly number[], bits: number, size: number): boolean {
  return numbers.every((number, index) => {
    const rest = Math.max(0, size - Math.max(0, bits - index * size));
    return number >> rest === network[index]! >> rest;
  });
}
