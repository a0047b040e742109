import DataLoader from 'dataloader';
import type { Database } from '../../prisma/client.ts';

/** Reads many by key in one statement: the answer for a key that has none is absent from the map. */
export interface Batch<Key, Value> {
  readonly read: (db: Database, keys: Key[]) => Promise<Map<Key, Value>>;
  /** What a key without an entry gets. */
  readonly missing: Value;
}

export function batch<Key, Value>(missing: Value, read: (db: Database, keys: Key[]) => Promise<Map<Key, Value>>): Batch<Key, Value> {
  return { read, missing };
}

/** A batch of rows by their id. */
export function batchById<Row extends { id: string }>(read: (db: Database, ids: string[]) => Promise<Row[]>): Batch<string, Row | null> {
  return batch<string, Row | null>(null, async (db, ids) => new Map((await read(db, ids)).map((row) => [row.id, row])));
}

/** What was read before is there at once, without a promise: in a long list promises cost more than the fields themselves. */
export type Soon<Value> = Value | Promise<Value>;

/** Makes something of a value once it is there. */
export function whenRead<Value, Made>(value: Soon<Value>, make: (value: Value) => Made): Soon<Made> {
  return value instanceof Promise ? value.then(make) : make(value);
}

/** The rows of one request, and the dataloaders that fetch what is not there yet, made when first asked for. */
export class Loading {
  private readonly db: Database;
  private readonly loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  private readonly rows = new Map<unknown, Map<unknown, unknown>>();
  private readonly named = new Map<string, Batch<unknown, unknown>>();
  constructor(db: Database) {
    this.db = db;
  }

  load<Key, Value>(source: Batch<Key, Value>, key: Key): Soon<Value> {
    const known = this.known(source);
    return known.has(key) ? (known.get(key) as Value) : this.loader(source).load(key);
  }

  /** Gives rows that were read anyway to whoever asks for them by id. */
  prime<Row extends { id: string }>(source: Batch<string, Row | null>, rows: Row[]): void {
    const known = this.known(source);
    for (const row of rows) known.set(row.id, row);
  }

  /** The batch that this request knows by a name: for batches that depend on arguments, which must be one object to batch. */
  keyed<Key, Value>(name: string, make: () => Batch<Key, Value>): Batch<Key, Value> {
    const known = this.named.get(name);
    if (known) return known as Batch<Key, Value>;
    const made = make();
    this.named.set(name, made as Batch<unknown, unknown>);
    return made;
  }

  /** Forgets what was read: after a write, and before each event of a subscription. */
  clear(): void {
    this.loaders.clear();
    this.rows.clear();
    this.named.clear();
  }

  private known(source: unknown): Map<unknown, unknown> {
    const known = this.rows.get(source);
    if (known) return known;
    const made = new Map<unknown, unknown>();
    this.rows.set(source, made);
    return made;
  }

  private loader<Key, Value>(source: Batch<Key, Value>): DataLoader<Key, Value> {
    const loader = this.loaders.get(source);
    if (loader) return loader as DataLoader<Key, Value>;
    const known = this.known(source);
    const made = new DataLoader<Key, Value>(
      async (keys) => {
        const found = await source.read(this.db, [...keys]);
        return keys.map((key) => {
          const value = found.get(key) ?? source.missing;
          known.set(key, value);
          return value;
        });
      },
      { maxBatchSize: 1000 },
    );
    this.loaders.set(source, made as DataLoader<unknown, unknown>);
    return made;
  }
}
