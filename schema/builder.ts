import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { Context } from './context.ts';
import type { Upload } from './attachment/upload.ts';
import { Refusal } from './shared/refusal.ts';
import { LIMIT } from './shared/limits.ts';

export interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  AuthScopes: { board: boolean; signedIn: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    BigInt: { Input: bigint; Output: bigint };
    Micros: { Input: bigint; Output: bigint };
    Cursor: { Input: string; Output: string };
    File: { Input: Upload; Output: never };
  };
}

/** The builder that every slice adds its types to. It defines none itself. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ScopeAuthPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: ({ principal }) => ({ signedIn: true, board: principal.kind === 'user' }),
    unauthorizedError: () => new Refusal('FORBIDDEN', 'only the board may see or do this'),
  },
  complexity: { defaultComplexity: 1, defaultListMultiplier: LIMIT.listMultiplier, limit: { complexity: LIMIT.complexity, depth: LIMIT.depth, breadth: LIMIT.breadth } },
});
