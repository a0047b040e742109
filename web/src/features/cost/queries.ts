import { graphql } from '../../graphql/generated/gql.ts';

export const CostSum = graphql(`
  fragment CostSum on CostSummary {
    costMicros
    imputedMicros
    inputTokens
    cachedInputTokens
    outputTokens
    runCount
    eventCount
    unpricedCount
    unimputedCount
  }
`);

/** The figures of the page's head, and the days of its chart. */
export const CostOverviewQuery = graphql(`
  query CostOverview($prefix: String!, $since: DateTime!, $until: DateTime) {
    company(ref: $prefix) {
      id
      createdAt
      costs(since: $since, until: $until) {
        total { ...CostSum }
        monthToDate { ...CostSum }
        last5Hours { ...CostSum }
        last24Hours { ...CostSum }
        last7Days { ...CostSum }
        byDay(first: 100) { nodes { day cost { ...CostSum } } }
        byProject(first: 4) { nodes { project { id name color } cost { costMicros imputedMicros } } }
        unpricedModels(first: 100) { nodes { provider model cost { ...CostSum } } }
      }
    }
  }
`);

/** The days of the dearest projects, which the bars are stacked of. */
export const ProjectDaysQuery = graphql(`
  query ProjectDays($a: ID!, $b: ID!, $c: ID!, $hasB: Boolean!, $hasC: Boolean!, $since: DateTime!, $until: DateTime) {
    a: project(id: $a) { ...ProjectDays }
    b: project(id: $b) @include(if: $hasB) { ...ProjectDays }
    c: project(id: $c) @include(if: $hasC) { ...ProjectDays }
  }
`);

export const ProjectDays = graphql(`
  fragment ProjectDays on Project {
    id
    name
    costs(since: $since, until: $until) { byDay(first: 100) { nodes { day cost { costMicros imputedMicros } } } }
  }
`);

export const CostByAgentQuery = graphql(`
  query CostByAgent($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byAgent(first: $first, after: $after) { nodes { agent { id name status } cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const AgentModelsQuery = graphql(`
  query AgentModels($id: ID!, $since: DateTime!, $until: DateTime) {
    agent(id: $id) {
      id
      costs(since: $since, until: $until) { byModel(first: 100) { nodes { provider model cost { ...CostSum } } } }
    }
  }
`);

export const CostByModelQuery = graphql(`
  query CostByModel($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byModel(first: $first, after: $after) { nodes { provider model cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const CostByProviderQuery = graphql(`
  query CostByProvider($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byProvider(first: $first, after: $after) { nodes { provider cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const CostByBillerQuery = graphql(`
  query CostByBiller($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byBiller(first: $first, after: $after) { nodes { biller cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const CostByProjectQuery = graphql(`
  query CostByProject($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byProject(first: $first, after: $after) { nodes { project { id name color } cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const CostByBillingCodeQuery = graphql(`
  query CostByBillingCode($prefix: String!, $since: DateTime!, $until: DateTime, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      costs(since: $since, until: $until) {
        parts: byBillingCode(first: $first, after: $after) { nodes { billingCode cost { ...CostSum } } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`);

export const PricesQuery = graphql(`
  query Prices($prefix: String!, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      prices(first: $first, after: $after) {
        nodes { ...PriceLine }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const PriceLine = graphql(`
  fragment PriceLine on ModelPrice {
    id
    provider
    model
    inputMicros
    cachedInputMicros
    outputMicros
    effectiveAt
    isApplied
    setBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } }
  }
`);

/** The prices that Boardroom ships. */
export const PriceListQuery = graphql(`
  query PriceList {
    priceList { provider model inputMicros cachedInputMicros outputMicros effectiveAt }
  }
`);

export const SetPrice = graphql(`
  mutation SetPrice($input: SetPriceInput!) {
    setPrice(input: $input) { ...PriceLine }
  }
`);
