/**
 * What we take for granted of a connection, whatever the server, the database or the role have been told. Prisma drops the offset of
 * a time that it reads or writes, so in a session of another zone what it stores is hours away from the `now()` of our own SQL; times
 * are parsed in ISO order; and compiling a plan of many parts takes longer than running it.
 */
const taken = { TimeZone: 'UTC', DateStyle: 'ISO, MDY', jit: 'off' };

/** The statement that a connection begins with. One statement and no startup parameters: poolers refuse those that they do not know. */
export function sessionSettings(more: Record<string, string> = {}): string {
  const settings = Object.entries({ ...taken, ...more }).map(([name, value]) => `set_config('${name}', '${value}', false)`);
  return `SELECT ${settings.join(', ')}`;
}
