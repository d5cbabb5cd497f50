/** The header fields of a mail (RFC 5322), with what is not ASCII as encoded words (RFC 2047). A field cannot hold a line break. */
import type { Mailbox } from "./address.ts";
import { base64, byteLength } from "./base64.ts";

const CRLF = "\r\n";
/** The longest line with an encoded word; without one it is advice. */
const LINE = 76;
const WORD_BEGINS = "=?UTF-8?B?";
const WORD_ENDS = "?=";

/** A field whose value is ASCII and ours; anything else is a fault of the program, and throws. */
export function field(name: string, value: string): string {
  if (!/^[\x20-\x7e]+$/.test(value)) throw new Error(`the field ${name} holds what no header can`);
  const line = `${name}: ${value}`;
  return line.length <= LINE ? line : `${name}:${CRLF} ${value}`;
}

/** A field of text from anywhere. */
export function textField(name: string, text: string): string {
  const line = oneLine(text);
  const plain = `${name}: ${line}`;
  const isPlain = plain.length <= LINE && /^[\x20-\x7e]*$/.test(line) && !line.includes("=?");
  return isPlain ? plain : `${name}: ${encodedWords(line, name.length + 2)}`;
}

/** A field of an address and a name from anywhere. */
export function mailboxField(name: string, { address, name: person }: Mailbox): string {
  const line = oneLine(person);
  if (line === "") return field(name, address);
  const isPlain = /^[\x20-\x7e]{1,60}$/.test(line) && !line.includes("=?");
  const shown = isPlain ? quoted(line) : encodedWords(line, name.length + 2);
  return `${name}: ${shown}${CRLF} <${address}>`;
}

/** The mailbox as the senders' APIs read it: their JSON may hold any character. */
export function mailboxText({ address, name }: Mailbox): string {
  const line = oneLine(name);
  return line === "" ? address : `${quoted(line)} <${address}>`;
}

/** The text without line breaks and other control characters, and without halves of characters. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** The text as encoded words, a line each. No character is divided. `before`: how much of the first line is taken. */
function encodedWords(text: string, before: number): string {
  const words: string[] = [];
  let part = "";
  let room = roomBehind(before);
  for (const character of text) {
    if (byteLength(part + character) > room) {
      words.push(part);
      part = "";
      room = roomBehind(1);
    }
    part += character;
  }
  return [...words, part].map((word) => WORD_BEGINS + base64(word) + WORD_ENDS).join(`${CRLF} `);
}

/** How many bytes a word may hold that stands behind so many characters. */
function roomBehind(before: number): number {
  const characters = LINE - before - WORD_BEGINS.length - WORD_ENDS.length;
  return Math.floor(characters / 4) * 3;
}
