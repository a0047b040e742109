import { graphql } from '../../graphql/generated/gql.ts';

export const RunDetail = graphql(`
  fragment RunDetail on Run {
    id
    number
    status
    source
    reason
    adapterType
    queuedAt
    startedAt
    finishedAt
    exitCode
    signal
    error { code message remedy }
    cost { costMicros imputedMicros inputTokens cachedInputTokens outputTokens unpricedCount }
    provider
    model
    summary
    sessionBefore
    sessionAfter
    cancelRequestedAt
    coalescedCount
    worker
    pid
    logBytes
    logChunkCount
    invocation { command args cwd url envNames promptBytes }
    agent { id name status role }
    issue {
      id
      identifier
      title
      status
      nextStep { text stalled }
      recovery { id kind priority nextAction createdAt snoozedUntilAt ownerType ownerAgent { id name } ownerUser { id name } run { id } }
    }
    heldIssues { id identifier title status }
    transcript(first: 1) { nodes { seq } }
  }
`);

/** By its number in the company, or by its id: an address may have either. */
export const RunQuery = graphql(`
  query RunPage($id: ID!, $prefix: String!, $number: Int!, $byNumber: Boolean!) {
    run(id: $id) @skip(if: $byNumber) { ...RunDetail }
    company(ref: $prefix) @include(if: $byNumber) {
      id
      run(number: $number) { ...RunDetail }
    }
  }
`);

export const RunEventsQuery = graphql(`
  query RunEvents($id: ID!, $after: Cursor) {
    run(id: $id) {
      id
      events(first: 100, after: $after) {
        nodes { seq at kind message data }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const CancelRun = graphql(`
  mutation CancelRun($input: CancelRunInput!) {
    cancelRun(input: $input) {
      id
      status
      finishedAt
      cancelRequestedAt
      agent { id status }
    }
  }
`);

export const DecideWatchdog = graphql(`
  mutation DecideWatchdog($input: DecideWatchdogInput!) {
    decideWatchdog(input: $input) { id verdict quietUntilAt }
  }
`);
