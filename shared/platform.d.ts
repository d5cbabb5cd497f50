/**
 * The part of `URL` that shared/ uses. Every platform has it, and TypeScript's library for the language does not declare it.
 */
declare class URL {
  static parse(text: string): URL | null;
  static canParse(text: string): boolean;
  readonly origin: string;
  readonly protocol: string;
  readonly pathname: string;
}

/** The part of `TextDecoder` that shared/ uses. */
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
