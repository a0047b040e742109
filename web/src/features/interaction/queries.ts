import { graphql } from '../../graphql/generated/gql.ts';

/** What the board was asked and said, as a line of the thread tells it. */
export const InteractionLine = graphql(`
  fragment InteractionLine on Interaction {
    id
    kind
    status
    title
    createdAt
    resolvedAt
    resolvedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    note
    endReason
    targetDocument { id key number }
    selectedOptionKeys
    options { key label }
    tasks { key issue { id } }
    verdicts { verdict }
  }
`);

/** What was said in detail, for a line that is opened. */
export const InteractionQuery = graphql(`
  query Interaction($id: ID!) {
    node(id: $id) {
      __typename
      ... on Interaction { ...InteractionCard }
    }
  }
`);

/** What the board is asked, with all that an answer takes. */
export const InteractionCard = graphql(`
  fragment InteractionCard on Interaction {
    id
    kind
    status
    title
    summary
    continuation
    createdAt
    createdBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    resolvedAt
    resolvedBy { __typename ... on User { id name } ... on Agent { id name status } ... on System { name } }
    acceptLabel
    rejectLabel
    requireReason
    minSelected
    maxSelected
    note
    endReason
    targetDocument { id key number }
    targetRevision { id number }
    supersedeOnComment
    sourceRun { id number }
    options { key label description }
    items { key label description }
    questions { key prompt multiple allowText optional options { key label description } }
    tasks {
      key
      parentKey
      title
      description
      assignee { id name status }
      issue { id identifier title status }
    }
    selectedOptionKeys
    answers { questionKey optionKeys text }
    verdicts { itemKey verdict note }
  }
`);

export const AcceptInteraction = graphql(`
  mutation AcceptInteraction($input: AcceptInteractionInput!) {
    acceptInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionCard }
      ... on InteractionOver { message interaction { ...InteractionCard } }
      ... on InteractionStale { message newer { id number } interaction { ...InteractionCard } }
      ... on GateShut {
        message
        workspace { id branch path }
        run { id number status agent { id name } }
      }
    }
  }
`);

export const RejectInteraction = graphql(`
  mutation RejectInteraction($input: RejectInteractionInput!) {
    rejectInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionCard }
      ... on InteractionOver { message interaction { ...InteractionCard } }
    }
  }
`);

export const AnswerInteraction = graphql(`
  mutation AnswerInteraction($input: AnswerInteractionInput!) {
    answerInteraction(input: $input) {
      __typename
      ... on Interaction { ...InteractionCard }
      ... on InteractionOver { message interaction { ...InteractionCard } }
    }
  }
`);
