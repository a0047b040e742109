/** What is measured, as the operations that a client sends. Baselines get the same bytes. */

export const PAGE = /* GraphQL */ `query Page($company: String!, $after: Cursor) {
  company(ref: $company) {
    id
    issues(first: 50, after: $after) {
      nodes { id identifier title status priority createdAt updatedAt commentCount assignee { id name } labels { id name color } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const LIVENESS = /* GraphQL */ `query Liveness($company: String!, $after: Cursor) {
  company(ref: $company) {
    id
    issues(first: 50, after: $after) {
      nodes { id identifier title status assignee { id name } liveness { state mover stalled text run { id number } agent { id name } issue { id identifier } at } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const ISSUE = /* GraphQL */ `query OneIssue($ref: String!) {
  issue(ref: $ref) {
    id identifier title description status priority createdAt updatedAt commentCount
    assignee { id name }
    labels { id name color }
    comments(first: 50) {
      nodes { id body createdAt author { __typename ... on User { id name } ... on Agent { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const DASHBOARD = /* GraphQL */ `query Dashboard($company: String!) {
  company(ref: $company) {
    id
    dashboard {
      agents { total idle running error paused }
      issues { total open backlog todo inProgress inReview blocked done cancelled }
      issuesByPriority { critical high medium low }
      runsByDay { date succeeded failed other }
      liveRuns { id number }
      failedRuns { id number }
      successRate
      monthCost { costMicros inputTokens outputTokens eventCount }
    }
  }
}`;

export const SEARCH = /* GraphQL */ `query Search($companyId: ID!, $text: String!) {
  search(companyId: $companyId, text: $text, first: 25) {
    nodes { kind issue { id identifier title status } title { text isMatch } snippet { text isMatch } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const INBOX = /* GraphQL */ `query Inbox($companyId: ID!) {
  inbox(companyId: $companyId, first: 25) {
    nodes { at isUnread issue { id identifier title status } events { reason at comment { body } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const CREATE = /* GraphQL */ `mutation Create($input: CreateIssueInput!) {
  createIssue(input: $input) { id identifier title status priority createdAt }
}`;

export const COMMENT = /* GraphQL */ `mutation Comment($input: AddCommentInput!) {
  addComment(input: $input) { id body createdAt }
}`;

export const CHECKOUT = /* GraphQL */ `mutation Checkout($input: CheckoutIssueInput!) {
  checkoutIssue(input: $input) {
    __typename
    ... on Issue { id status holder { id } }
    ... on IssueHeld { message holder { id } }
    ... on IssueBlocked { message }
    ... on IssueNotReady { message }
  }
}`;

/** The body of a request. */
export const MONTH_COST = /* GraphQL */ `query MonthCost($company: String!) {
  company(ref: $company) {
    id
    dashboard { monthCost { costMicros imputedMicros inputTokens outputTokens eventCount } }
  }
}`;

export const COSTS = /* GraphQL */ `query Costs($company: String!) {
  company(ref: $company) {
    id
    costs {
      total { ...Sums } monthToDate { ...Sums } last5Hours { ...Sums } last24Hours { ...Sums } last7Days { ...Sums }
      byAgent(first: 20) { nodes { agent { id name } cost { ...Sums } } }
      byModel(first: 20) { nodes { provider model cost { ...Sums } } }
      byProject(first: 20) { nodes { project { id name } cost { ...Sums } } }
      byDay(first: 60) { nodes { day cost { ...Sums } } }
    }
  }
}
fragment Sums on CostSummary { costMicros imputedMicros eventCount }`;

export function bodyOf(query: string, variables: Record<string, unknown>): string {
  return JSON.stringify({ query, variables });
}
