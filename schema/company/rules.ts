/** ACME from "Acme Robotics GmbH": the first letters of the name, three to four of them, for identifiers such as ACME-12. */
export function prefixFrom(name: string): string {
  const letters = name.normalize('NFKD').toUpperCase().replace(/[^A-Z0-9 ]/g, '').trim();
  const first = letters.split(/\s+/)[0] ?? '';
  const start = first.replace(/^[0-9]+/, '').slice(0, 4);
  return start.length >= 2 ? start : 'CO';
}

/** The n-th try when a prefix is taken: ACME, ACME2, ACME3. */
export function nthPrefix(prefix: string, attempt: number): string {
  return attempt === 1 ? prefix : `${prefix}${attempt}`;
}

export const PREFIX = /^[A-Z][A-Z0-9]{1,9}$/;

/** The sequences that number a company's issues and runs: nobody waits for anybody, at the price of gaps after a refusal. */
export function sequencesOf(companyId: string): { issues: string; runs: string } {
  const hex = companyId.replaceAll('-', '');
  return { issues: `issue_number_${hex}`, runs: `run_number_${hex}` };
}
