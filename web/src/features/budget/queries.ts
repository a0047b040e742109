import { graphql } from '../../graphql/generated/gql.ts';

export const BudgetStopLine = graphql(`
  fragment BudgetStopLine on BudgetStop {
    message
    spent
    limit
    incident { id status createdAt }
    budget { id used scope metric window windowHours amount subject { ...BudgetSubjectName } }
  }
`);

export const BudgetSubjectName = graphql(`
  fragment BudgetSubjectName on BudgetSubject {
    __typename
    ... on Company { id name }
    ... on Agent { id name agentStatus: status }
    ... on Project { id name color }
    ... on Goal { id title }
    ... on Issue { id identifier title issueStatus: status }
  }
`);

export const BudgetLine = graphql(`
  fragment BudgetLine on Budget {
    id
    scope
    metric
    window
    windowHours
    windowStartsAt
    windowEndsAt
    amount
    used
    usedPercent
    warnPercent
    hardStop
    subject { ...BudgetSubjectName }
    stop { message spent limit incident { id status createdAt } }
  }
`);

export const BudgetsQuery = graphql(`
  query Budgets($prefix: String!, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      budgets(first: $first, after: $after) { nodes { ...BudgetLine } pageInfo { hasNextPage endCursor } }
    }
  }
`);

/** What the company used by day since a month began, for the line of its own budgets: one statement, whatever there are. */
export const BudgetDaysQuery = graphql(`
  query BudgetDays($prefix: String!, $since: DateTime!) {
    company(ref: $prefix) {
      id
      costs(since: $since) { byDay(first: 31) { nodes { day cost { costMicros imputedMicros inputTokens cachedInputTokens outputTokens } } } }
    }
  }
`);

export const BudgetIncidentsQuery = graphql(`
  query BudgetIncidents($id: ID!, $first: Int!, $after: Cursor) {
    node(id: $id) {
      __typename
      id
      ... on Budget {
        incidents(first: $first, after: $after) {
          nodes {
            id
            threshold
            status
            limit
            observed
            createdAt
            resolution
            resolvedAt
            resolvedBy { __typename ... on User { id name } ... on Agent { id name } ... on System { name } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

/** What stops the company as a whole; every page asks. */
export const CompanyStopQuery = graphql(`
  query CompanyStop($prefix: String!) {
    company(ref: $prefix) {
      id
      budgetStop { message incident { id status } }
    }
  }
`);

/** Whatever is stopped in the company now. */
export const BudgetStopsQuery = graphql(`
  query BudgetStops($prefix: String!) {
    company(ref: $prefix) {
      id
      budgets(first: 100) { nodes { id subject { ...BudgetSubjectName } stop { message incident { id status approval { id } } } } }
    }
  }
`);

/** Heartbeats of the last seven days that the database answered. */
export const CompanyIdlingQuery = graphql(`
  query CompanyIdling($prefix: String!) {
    company(ref: $prefix) {
      id
      idling { ...Idle }
    }
  }
`);

export const Idle = graphql(`
  fragment Idle on Idling { dueCount skippedCount runCount tokensSaved savedImputedMicros unknownCount basis }
`);

/** What a budget can be for. */
export const BudgetSubjectsQuery = graphql(`
  query BudgetSubjects($prefix: String!) {
    company(ref: $prefix) {
      id
      name
      agents(first: 100, filter: { statuses: [IDLE, RUNNING, ERROR, PAUSED] }) { nodes { id name status } }
      projects(first: 100) { nodes { id name color } }
      goals(first: 100) { nodes { id title } }
    }
  }
`);

export const BudgetIssueQuery = graphql(`
  query BudgetIssue($ref: String!) {
    issue(ref: $ref) { id identifier title status }
  }
`);

export const AgentBudgetsQuery = graphql(`
  query AgentBudgets($id: ID!) {
    agent(id: $id) {
      id
      budgetStop { ...BudgetStopLine }
      budgets(first: 20) { nodes { ...BudgetLine } }
    }
  }
`);

export const IssueBudgetsQuery = graphql(`
  query IssueBudgets($id: String!) {
    issue(ref: $id) {
      id
      budgetStop { ...BudgetStopLine }
      budgets(first: 20) { nodes { ...BudgetLine } }
    }
  }
`);

export const SetBudget = graphql(`
  mutation SetBudget($input: SetBudgetInput!) {
    setBudget(input: $input) { ...BudgetLine }
  }
`);

export const RemoveBudget = graphql(`
  mutation RemoveBudget($input: RemoveBudgetInput!) {
    removeBudget(input: $input) { id }
  }
`);

export const ResolveBudgetIncident = graphql(`
  mutation ResolveBudgetIncident($input: ResolveBudgetIncidentInput!) {
    resolveBudgetIncident(input: $input) { id status resolution resolvedAt budget { ...BudgetLine } }
  }
`);
