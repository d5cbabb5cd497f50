/** The part of papaparse that read-lines.ts uses. The package's own types bring all of Node's with them. */
type Step<Row> = { data: Row; errors: { type: "Quotes" | "Delimiter" | "FieldMismatch" }[]; meta: { cursor: number } };
type Options<Row> = { delimiter: string; step(step: Step<Row>): void };

declare const Papa: { parse<Row>(text: string, options: Options<Row>): void };
export = Papa;
