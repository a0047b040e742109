import { graphql } from '../../../graphql/generated/gql.ts';

/** Everything on an issue's page in one round trip. */
export const IssuePageQuery = graphql(`
  query IssuePage($ref: String!, $comments: Int!) {
    issue(ref: $ref) {
      id
      identifier
      title
      description
      status
      priority
      allowedStatuses
      requestDepth
      billingCode
      createdAt
      updatedAt
      startedAt
      completedAt
      cancelledAt
      company { id prefix }
      assignee { id name status }
      assigneeUser { id name }
      project { id name color }
      goal { id title }
      parent { id identifier title status }
      labels { id name color }
      createdBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
      holder { id number status startedAt agent { id name } }
      nextStep { text stalled run { id } issue { id identifier } }
      blockedBy { ...IssueMention }
      blocks { ...IssueMention }
      childCounts { total done cancelled }
      children(first: 100) { nodes { ...ChildIssue } }
      cost { costMicros unpricedCount }
      subtreeCost: cost(subtree: true) { costMicros unpricedCount runCount }
      liveRuns { ...IssueRun logBytes logChunkCount }
      runs(first: 50) { nodes { ...IssueRun } pageInfo { hasNextPage } }
      activity(first: 60) {
        nodes {
          id
          action
          at
          details
          actor { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
          run { id number }
        }
      }
      comments(last: $comments) {
        nodes { ...IssueComment }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
`);

export const IssueMention = graphql(`
  fragment IssueMention on Issue {
    id
    identifier
    title
    status
    liveRuns { id status }
  }
`);

export const ChildIssue = graphql(`
  fragment ChildIssue on Issue {
    id
    identifier
    title
    status
    priority
    assignee { id name status }
    liveRuns { id status }
    childCounts { total done cancelled }
  }
`);

export const IssueRun = graphql(`
  fragment IssueRun on Run {
    id
    number
    status
    source
    reason
    adapterType
    queuedAt
    startedAt
    finishedAt
    model
    summary
    cancelRequestedAt
    cost { costMicros inputTokens cachedInputTokens outputTokens unpricedCount }
    error { code message remedy }
    agent { id name status }
  }
`);

export const IssueComment = graphql(`
  fragment IssueComment on Comment {
    id
    body
    createdAt
    run { id number }
    author { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
  }
`);

export const EarlierComments = graphql(`
  query EarlierComments($id: String!, $before: Cursor!) {
    issue(ref: $id) {
      id
      comments(last: 50, before: $before) {
        nodes { ...IssueComment }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
`);

export const ChildrenQuery = graphql(`
  query IssueChildren($id: String!) {
    issue(ref: $id) {
      id
      children(first: 100) { nodes { ...ChildIssue } }
    }
  }
`);

export const FindIssues = graphql(`
  query FindIssues($prefix: String!, $text: String) {
    company(ref: $prefix) {
      id
      issues(first: 20, filter: { text: $text }, orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes { id identifier title status }
      }
    }
  }
`);

export const AddComment = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      ...IssueComment
      issue { id status commentCount }
    }
  }
`);

export const CheckoutIssue = graphql(`
  mutation CheckoutIssue($input: CheckoutIssueInput!) {
    checkoutIssue(input: $input) {
      __typename
      ... on Issue { id status holder { id number status startedAt agent { id name } } assignee { id name status } }
      ... on IssueHeld { message holder { id number startedAt agent { id name } } assignee { id name } }
      ... on IssueBlocked { message blockers { id identifier } }
      ... on IssueNotReady { message }
    }
  }
`);

export const ForceReleaseIssue = graphql(`
  mutation ForceReleaseIssue($input: ForceReleaseIssueInput!) {
    forceReleaseIssue(input: $input) {
      id
      status
      holder { id }
      assignee { id name status }
    }
  }
`);

export const SetBlockers = graphql(`
  mutation SetBlockers($input: SetBlockersInput!) {
    setBlockers(input: $input) {
      __typename
      ... on Issue {
        id
        status
        blockedBy { ...IssueMention }
        nextStep { text stalled }
      }
    }
  }
`);
