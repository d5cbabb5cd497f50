/** The records within the messages of connectors, without what the connectors add for themselves. */
import { isRecord } from "../is-record.ts";

/** Names that Airbyte, Fivetran and Singer's targets add to a record. */
export const ADDED = /^_(?:airbyte|fivetran|sdc)_/;

/**
 * The record that a line of a dump holds: within a message of Singer or of Airbyte, within the raw table of Airbyte, or the line
 * itself. Null for a message that holds none, such as a schema or a state, and for what is no object.
 */
export function unwrapped(line: unknown): Record<string, unknown> | null {
  if (!isRecord(line)) return null;
  if (isMessage(line)) {
    if (line.type !== "RECORD" || !isRecord(line.record)) return null;
    const { record } = line;
    return isRecord(record.data) && typeof record.stream === "string" ? cleaned(record.data) : cleaned(record);
  }
  if (isRecord(line._airbyte_data)) return cleaned(line._airbyte_data);
  return cleaned(line);
}

/** Whether the line is a message of a connector, whose dump may hold records of several tables. */
export function isWrapped(line: unknown): boolean {
  return isRecord(line) && isMessage(line);
}

function isMessage(line: Record<string, unknown>): boolean {
  return (
    typeof line.type === "string" &&
    /^(?:RECORD|SCHEMA|STATE|ACTIVATE_VERSION|BATCH|LOG|TRACE|CATALOG|SPEC|CONNECTION_STATUS)$/.test(line.type)
  );
}

function cleaned(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !ADDED.test(name)));
}
