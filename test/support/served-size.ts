import { brotliCompressSync, constants } from "node:zlib";

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/**
 * Bytes of a script of the widget as a visitor fetches it, with brotli at its best. A survey's id and a build's name come by
 * luck, and so would the last ten bytes: others of their length stand for them.
 */
export function servedSize(script: string): number {
  const settled = script
    .replaceAll(/srv_[0-9a-z]{16}/g, "srv_7qk3vd0x9m2hc5tz")
    .replaceAll(/\.[0-9a-f]{8}\.js/g, ".4e81c06d.js");
  return brotliCompressSync(settled, quality).length;
}
