import type { AgentPageQuery } from '../../../graphql/generated/graphql.ts';

export type AgentDetail = NonNullable<AgentPageQuery['agent']>;
