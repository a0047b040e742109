import { PREFIX, prefixFrom } from '../../../../../schema/company/rules.ts';

/** The letters in front of issue numbers as the server would choose them; none where the name has none that will do. */
export function suggestPrefix(name: string): string {
  return /[a-z]{2}/i.test(name.normalize('NFKD')) ? prefixFrom(name) : '';
}

/** What is wrong with a prefix that was typed; null when it will do. Left empty, the server chooses. */
export function prefixFault(prefix: string): string | null {
  return prefix === '' || PREFIX.test(prefix) ? null : 'Two to ten letters or digits, a letter first.';
}
