import { graphql } from '../../graphql/generated/gql.ts';

/** What the board was asked, as its card and its line in the thread show it. */
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
