import { v7 } from 'uuid';

/** A new UUIDv7: ids sort by the time they were made, so that inserts touch the right edge of an index only. */
export function newId(): string {
  return v7();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for the text form of a UUID; Postgres would refuse anything else with an error of its own. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
