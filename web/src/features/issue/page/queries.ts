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
      nextStep { text stalled }
      liveness { state text mover stalled at run { id number } issue { id identifier } interactionId }
      recovery { ...RecoveryBanner }
      hold { ...HoldBanner }
      pending: interactions(first: 5, filter: { statuses: [PENDING] }) { nodes { ...InteractionCard } }
      interactions(last: 30) { nodes { ...InteractionLine } }
      decompositions { id status childCount revision { id number } children { id } }
      documents(first: 50) { nodes { ...DocumentName } }
      blockedBy { ...IssueMention }
      blocks { ...IssueMention }
      childCounts { total done cancelled }
      children(first: 100) { nodes { ...ChildIssue } }
      cost { costMicros imputedMicros unpricedCount unimputedCount eventCount }
      subtreeCost: cost(subtree: true) { costMicros imputedMicros unpricedCount unimputedCount eventCount runCount }
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

export const RecoveryBanner = graphql(`
  fragment RecoveryBanner on RecoveryAction {
    id
    kind
    status
    cause
    nextAction
    note
    attempts
    createdAt
    escalatesAt
    snoozedUntilAt
    ownerType
    ownerAgent { id name }
    ownerUser { id name }
    run { id number }
  }
`);

export const HoldBanner = graphql(`
  fragment HoldBanner on SubtreeHold {
    id
    mode
    reason
    release
    isActive
    issueCount
    createdAt
    createdBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    root { id identifier title }
  }
`);

/** What stands beside the issue besides what it is: where it is worked on and what came of it. */
export const IssueWorkQuery = graphql(`
  query IssueWork($id: String!) {
    issue(ref: $id) {
      id
      workspace {
        id
        mode
        status
        branch
        path
        headCommit
        lastOperation { id phase status errorMessage startedAt finishedAt run { id number } }
      }
      monitor { nextCheckAt notes serviceName externalRef attempts maxAttempts timeoutAt policy }
      policy {
        pendingStage { id type }
        participant { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
      }
      attachments(first: 50) { nodes { ...AttachmentLine } pageInfo { hasNextPage } }
      workProducts(first: 30) { nodes { id type title url status isPrimary } }
      references(first: 20) { nodes { kinds issue { ...IssueMention } } }
      referencedBy(first: 20) { nodes { kinds issue { ...IssueMention } } }
    }
  }
`);

export const HoldPreviewQuery = graphql(`
  query HoldPreview($id: String!) {
    issue(ref: $id) {
      id
      holdPreview {
        issues { total open backlog todo inProgress inReview blocked }
        agents { id name status }
        queuedCount
        runningCount
        waiting { id identifier title status }
      }
    }
  }
`);

export const HoldSubtree = graphql(`
  mutation HoldSubtree($input: HoldSubtreeInput!) {
    holdSubtree(input: $input) {
      __typename
      ... on SubtreeHold { ...HoldBanner }
      ... on AlreadyHeld { message hold { id createdBy { ... on User { name } ... on Agent { name } ... on System { name } } root { id identifier } } }
    }
  }
`);

export const ReleaseSubtree = graphql(`
  mutation ReleaseSubtree($input: ReleaseSubtreeInput!) {
    releaseSubtree(input: $input) { id isActive }
  }
`);

export const ResolveRecovery = graphql(`
  mutation ResolveRecovery($input: ResolveRecoveryInput!) {
    resolveRecovery(input: $input) {
      __typename
      ... on RecoveryAction { id status outcome issue { id recovery { id } } }
      ... on RecoveryClosed { message recovery { id status outcome } }
    }
  }
`);

export const DecidePolicyStage = graphql(`
  mutation DecidePolicyStage($input: DecidePolicyStageInput!) {
    decidePolicyStage(input: $input) { id status assignee { id name status } assigneeUser { id name } }
  }
`);

export const ClearMonitor = graphql(`
  mutation ClearMonitor($input: SetMonitorInput!) {
    setMonitor(input: $input) {
      __typename
      ... on Issue { id monitor { nextCheckAt } }
      ... on IssueHeld { message }
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
      ... on BudgetExceeded { message }
      ... on SubtreeHeld { message hold { id root { id identifier } } }
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
