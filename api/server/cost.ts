import { complexityFromQuery } from '@pothos/plugin-complexity';
import type { GraphQLSchema } from 'graphql';
import { print } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LIMIT } from '../../schema/shared/limits.ts';

/** Tells a caller that asks (header `x-boardroom-cost: 1`) what an operation costs against its limit, on `extensions.cost`. */
export function operationCost(schema: GraphQLSchema): Plugin {
  return {
    onExecute({ args }) {
      const request = (args.contextValue as { request?: Request }).request;
      if (!request?.headers.get('x-boardroom-cost')) return undefined;
      return {
        onExecuteDone({ result, setResult }) {
          if (!('data' in result) && !('errors' in result)) return;
          const { complexity, depth, breadth } = complexityFromQuery(print(args.document), {
            schema, ctx: args.contextValue as object, variables: (args.variableValues ?? {}) as Record<string, unknown>,
          });
          setResult({ ...result, extensions: { ...(result as { extensions?: object }).extensions, cost: { complexity, depth, breadth, limit: LIMIT.complexity } } });
        },
      };
    },
  };
}
