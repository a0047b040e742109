import type { TypedDocumentNode } from '@urql/core';
import type { CostSumFragment } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { createPages, type Pages } from '../../graphql/pages.ts';

/** What changes a sum of costs: an event, a run that moves it along, a price that is set. */
export const aboutCosts = about('cost', 'costEvent', 'price', 'modelPrice');

export interface Span {
  prefix: string;
  since: string;
  until: string | null;
}

export const tokensOf = (cost: Pick<CostSumFragment, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'>): bigint =>
  BigInt(cost.inputTokens) + BigInt(cost.cachedInputTokens) + BigInt(cost.outputTokens);

/** By what the parts of a sum are compared: what is billed, or what the tokens are worth by the price list. */
export type Basis = 'billed' | 'worth';

export const inBasis = (cost: Pick<CostSumFragment, 'costMicros' | 'imputedMicros'>, basis: Basis): bigint => BigInt(basis === 'billed' ? cost.costMicros : cost.imputedMicros);

type Variables = { prefix: string; since: string; until?: string | null; first: number; after?: string | null };
interface Answer<Part> {
  company?: { costs: { parts: { nodes: Part[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } } } } | null;
}
export type Identified<Part> = Part & { id: string };

/** One of the page's tables, page by page. Parts have no id of their own: what tells them apart serves. */
export function createParts<Part extends object>(query: TypedDocumentNode<Answer<Part>, Variables>, span: () => Span | null, keyOf: (part: Part) => string | null | undefined): Pages<Identified<Part>> {
  return createPages({
    query,
    variables: () => {
      const asked = span();
      return asked && { ...asked, first: 8 };
    },
    connection: (data) => {
      const parts = data.company?.costs.parts;
      return parts && { nodes: parts.nodes.map((part) => ({ ...part, id: keyOf(part) ?? 'none' })), pageInfo: parts.pageInfo };
    },
    concerns: aboutCosts,
    keep: true,
  });
}
