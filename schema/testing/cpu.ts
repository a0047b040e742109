/** What this process has worked so far. A test that bounds what something costs bounds this: how long it takes is up to who else is on the machine. */
export function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
