import { graphql } from '../../graphql/generated/gql.ts';

export const BreakerRules = graphql(`
  fragment BreakerRules on BreakerSettings {
    effective { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
    own { consecutiveFailures runsWithoutProgress runsPerHour runsPerDay tokensPerRun velocityPercent }
  }
`);

export const TripLine = graphql(`
  fragment TripLine on BreakerTrip {
    id
    kind
    limit
    observed
    message
    evidence
    trippedAt
    resetAt
    resetNote
    resetBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } }
    run { id number }
    agent { id name status }
  }
`);

export const AgentBreakersQuery = graphql(`
  query AgentBreakers($id: ID!, $prefix: String!) {
    agent(id: $id) {
      id
      breakerSettings { ...BreakerRules }
      breakerTrip { ...TripLine }
    }
    company(ref: $prefix) {
      id
      breakerSettings { ...BreakerRules }
      breakers(first: 20, filter: { agentId: $id }) { nodes { ...TripLine } }
    }
  }
`);

export const AgentTripQuery = graphql(`
  query AgentTrip($id: ID!) {
    agent(id: $id) {
      id
      breakerTrip { ...TripLine }
    }
  }
`);

export const CompanyBreakersQuery = graphql(`
  query CompanyBreakers($prefix: String!) {
    company(ref: $prefix) {
      id
      breakerSettings { ...BreakerRules }
      breakers(first: 20) { nodes { ...TripLine } }
    }
  }
`);

export const SetBreakers = graphql(`
  mutation SetBreakers($input: SetBreakersInput!) {
    setBreakers(input: $input) { ...BreakerRules }
  }
`);

export const ResetBreaker = graphql(`
  mutation ResetBreaker($input: ResetBreakerInput!) {
    resetBreaker(input: $input) { id status pauseReason pausedAt breakerTrip { id } }
  }
`);
