import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { named, parts, possibleTypes } from './types.ts';
import { updates } from './updates.ts';

const keys: NonNullable<CacheExchangeOpts['keys']> = {
  ...Object.fromEntries(parts.map((type) => [type, () => null])),
  ...Object.fromEntries(Object.entries(named).map(([type, field]) => [type, (entity) => entity[field] as string])),
};

/**
 * Without the whole schema at hand the cache, when it writes, looks into every fragment of a union and reports (in
 * development only) the fields that the others have. Every other complaint is a mistake of ours.
 */
const logger: NonNullable<CacheExchangeOpts['logger']> = (severity, message) => {
  if (severity !== 'debug' && !message.startsWith('Invalid undefined')) console[severity](message);
};

/** Normalised by id: what one query, mutation or event says about a thing, every view of it shows. */
export const cache = () => cacheExchange({ keys, updates, possibleTypes, logger });
