import type { AgentPageQuery } from '../../../graphql/generated/graphql.ts';

export type AgentDetail = NonNullable<AgentPageQuery['agent']>;

/** What the page may be asking at the moment. */
export type Asking = 'pause' | 'terminate';
