import './shared/scalars.ts';
import './access/graphql.ts';
import './access/graphql-grants.ts';
import './company/graphql.ts';
import './company/graphql-mutations.ts';
import './agent/graphql.ts';
import './agent/graphql-mutations.ts';
import './agent/graphql-adapters.ts';
import './goal/graphql.ts';
import './project/graphql.ts';
import './issue/graphql/type.ts';
import './issue/graphql/fields.ts';
import './run/graphql/type.ts';
import './run/graphql/fields.ts';
import './run/graphql/subscription.ts';
import './wake/graphql.ts';
import './wake/graphql-explain.ts';
import './monitor/graphql.ts';
import './attention/graphql.ts';
import './hold/graphql.ts';
import './workspace/graphql/type.ts';
import './workspace/graphql/gate.ts';
import './workspace/graphql/fields.ts';
import './workspace/graphql/content.ts';
import './workspace/graphql/mutations.ts';
import './interaction/graphql/type.ts';
import './interaction/graphql/mutations.ts';
import './plan/graphql.ts';
import './policy/graphql.ts';
import './document/graphql/type.ts';
import './document/graphql/mutations.ts';
import './annotation/graphql/type.ts';
import './annotation/graphql/mutations.ts';
import './cost/graphql.ts';
import './recovery/graphql.ts';
import './reference/graphql.ts';
import './search/graphql.ts';
import './work-product/graphql.ts';
import './attachment/graphql.ts';
import './inbox/graphql.ts';
import './activity/graphql/subscription.ts';
import './activity/graphql/seal.ts';
import './shared/node-query.ts';
import type { GraphQLSchema } from 'graphql';
import { enforced } from './access/enforce.ts';
import { builder } from './builder.ts';

builder.queryType({ description: 'What can be read. Everything is limited to what the viewer may see.' });
builder.mutationType({ description: 'What can be changed. Each is one transaction and leaves its trace in the activity log.' });
builder.subscriptionType({ description: 'What can be followed, by WebSocket (graphql-ws) or SSE.' });

/** The executable schema, built once per process: every mutation asks the permission table first. */
export function buildSchema(): GraphQLSchema {
  return enforced(builder.toSchema());
}
