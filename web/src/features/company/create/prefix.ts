const SHORTEST = 2;
const USUAL = 3;

/** A first guess at the letters in front of issue numbers: "Halyard Freight" is HAL, "Northern Gate Robotics" is NGR. */
export function suggestPrefix(name: string): string {
  const ascii = name.normalize('NFD').replaceAll(/[^A-Za-z0-9 ]/g, '').toUpperCase();
  const parts = ascii.split(' ').filter((part) => /^[A-Z]/.test(part));
  const initials = parts.map((part) => part[0]).join('');
  if (initials.length >= USUAL) return initials.slice(0, 4);
  const first = parts[0] ?? '';
  return first.length >= SHORTEST ? first.slice(0, USUAL) : initials;
}

/** What is wrong with a prefix that was typed; null when it will do. Left empty, the server chooses. */
export function prefixFault(prefix: string): string | null {
  if (prefix === '') return null;
  return /^[A-Z][A-Z0-9]{1,9}$/.test(prefix) ? null : 'Two to ten letters or digits, a letter first.';
}
