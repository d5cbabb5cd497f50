/** The one thing used on this floor that every platform has and the language's own library does not declare. */
declare class URL {
  static parse(text: string): URL | null;
  static canParse(text: string): boolean;
  readonly origin: string;
  readonly protocol: string;
  readonly pathname: string;
}
