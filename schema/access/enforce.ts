import type { GraphQLSchema } from 'graphql';
import type { Context } from '../context.ts';
import { Refusal } from '../shared/refusal.ts';
import { permissions } from './permission-table.ts';
import type { Principal } from './principal.ts';

/** Declines whom the table does not let do this at all. A mutation that it does not name is open to nobody. */
export function mustBePermitted(by: Principal, mutation: string): void {
  const row = Object.hasOwn(permissions, mutation) ? permissions[mutation] : undefined;
  if (!row) throw new Error(`schema/access/permission-table.ts has no row for ${mutation}: say there who may`);
  if (by.kind === 'system') return;
  if (by.kind === 'user') {
    if (row.board === 'no') throw new Refusal('FORBIDDEN', `only agents may ${row.does}`);
    return;
  }
  if (row.agent === 'no') throw new Refusal('FORBIDDEN', `only the board may ${row.does}`);
  if (row.agent === 'run' && by.kind !== 'run') throw new Refusal('FORBIDDEN', `only a run may ${row.does}: use its run token, or name the run in X-Boardroom-Run-Id`);
}

/** Has each mutation ask the table before its resolver, so that none can forget to. */
export function enforced(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) throw new Error(`${name} has no resolver`);
    field.resolve = (root, args, ctx: Context, info) => {
      mustBePermitted(ctx.principal, name);
      return resolve(root, args, ctx, info) as unknown;
    };
  }
  return schema;
}
