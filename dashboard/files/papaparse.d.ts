/**
 * The part of papaparse that read-csv.ts uses. The package's own types bring all of Node's with them, by which code that no
 * browser can run would compile here.
 */
type Options = { delimiter: string; newline: "\n"; skipEmptyLines: "greedy" };
type Parsed<Row> = { data: Row[]; errors: { type: "Quotes" | "Delimiter" | "FieldMismatch" }[] };

declare const Papa: { parse<Row>(text: string, options: Options): Parsed<Row> };
export = Papa;
