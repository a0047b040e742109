import { graphql } from '../../../graphql/generated/gql.ts';

export const AgentPageQuery = graphql(`
  query AgentPage($id: ID!, $since: DateTime!) {
    agent(id: $id) {
      id
      name
      role
      title
      capabilities
      status
      pauseReason
      pausedAt
      errorMessage
      approval { id title approvalStatus: status }
      adapterType
      adapterConfig
      maxConcurrentRuns
      lastRunAt
      createdAt
      company { id prefix }
      manager { id name status }
      reports(first: 50) { nodes { id name status role title } }
      heartbeat { enabled intervalSec runWhenIdle nextAt skippedCount }
      currentRuns { ...IssueRun logBytes logChunkCount issue { id identifier title } }
      month: cost(since: $since) { costMicros imputedMicros inputTokens cachedInputTokens outputTokens unpricedCount unimputedCount eventCount runCount }
      cost { costMicros imputedMicros unpricedCount unimputedCount eventCount runCount }
      idling { ...Idle }
    }
  }
`);

export const AgentRunsQuery = graphql(`
  query AgentRuns($id: ID!, $first: Int!, $after: Cursor) {
    agent(id: $id) {
      id
      runs(first: $first, after: $after) {
        nodes {
          id
          number
          status
          source
          reason
          queuedAt
          startedAt
          finishedAt
          cost { costMicros }
          error { code message }
          issue { id identifier title }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const AgentIssuesQuery = graphql(`
  query AgentIssues($id: ID!, $first: Int!, $after: Cursor) {
    agent(id: $id) {
      id
      issues(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes { ...IssueLine }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const AgentWakeupsQuery = graphql(`
  query AgentWakeups($id: ID!, $first: Int!, $after: Cursor) {
    agent(id: $id) {
      id
      wakeups(first: $first, after: $after) {
        nodes {
          id
          source
          reason
          status
          skipReason
          coalescedCount
          requestedAt
          requestedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
          issue { id identifier title }
          run { id number status }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const AgentKeysQuery = graphql(`
  query AgentKeys($id: ID!, $first: Int!, $after: Cursor) {
    agent(id: $id) {
      id
      keys(first: $first, after: $after) {
        nodes { id name hint createdAt lastUsedAt revokedAt }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const PauseAgent = graphql(`
  mutation PauseAgent($input: PauseAgentInput!) {
    pauseAgent(input: $input) { id status pauseReason pausedAt }
  }
`);

export const ResumeAgent = graphql(`
  mutation ResumeAgent($input: ResumeAgentInput!) {
    resumeAgent(input: $input) { id status pauseReason pausedAt errorMessage }
  }
`);

export const TerminateAgent = graphql(`
  mutation TerminateAgent($input: TerminateAgentInput!) {
    terminateAgent(input: $input) { id status }
  }
`);

/** What an answer to a change of settings brings into the cache. */
export const AgentSettings = graphql(`
  fragment AgentSettings on Agent {
    id
    name
    role
    title
    capabilities
    adapterType
    adapterConfig
    maxConcurrentRuns
    manager { id name status }
    heartbeat { enabled intervalSec runWhenIdle nextAt skippedCount }
  }
`);

export const UpdateAgent = graphql(`
  mutation UpdateAgent($input: UpdateAgentInput!) {
    updateAgent(input: $input) {
      ...AgentSettings
    }
  }
`);

export const CreateAgentKey = graphql(`
  mutation CreateAgentKey($input: CreateAgentKeyInput!) {
    createAgentKey(input: $input) {
      secret
      agentKey { id name hint createdAt lastUsedAt revokedAt }
    }
  }
`);

export const RevokeAgentKey = graphql(`
  mutation RevokeAgentKey($input: RevokeAgentKeyInput!) {
    revokeAgentKey(input: $input) { id revokedAt }
  }
`);
