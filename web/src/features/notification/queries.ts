import { graphql } from '../../graphql/generated/gql.ts';

export const Target = graphql(`
  fragment Target on NotificationTarget {
    id
    name
    channel
    address
    events
    enabled
    failedInRow
    keyVersion
    createdAt
  }
`);

export const Delivery = graphql(`
  fragment Delivery on NotificationDelivery {
    id
    event
    subject
    deliveryStatus: status
    attempts
    createdAt
    deliveredAt
    nextAttemptAt
    lastError
    lastStatus
    target { id name }
  }
`);

export const TargetsQuery = graphql(`
  query Targets($prefix: String!, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      notificationTargets(first: $first, after: $after) {
        nodes { ...Target }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const DeliveriesQuery = graphql(`
  query Deliveries($prefix: String!, $first: Int!, $after: Cursor) {
    company(ref: $prefix) {
      id
      notificationDeliveries(first: $first, after: $after) {
        nodes { ...Delivery }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const CreateTarget = graphql(`
  mutation CreateTarget($input: CreateNotificationTargetInput!) {
    createNotificationTarget(input: $input) { signingKey target { ...Target } }
  }
`);

export const UpdateTarget = graphql(`
  mutation UpdateTarget($input: UpdateNotificationTargetInput!) {
    updateNotificationTarget(input: $input) { ...Target }
  }
`);

export const RemoveTarget = graphql(`
  mutation RemoveTarget($input: RemoveNotificationTargetInput!) {
    removeNotificationTarget(input: $input) { id }
  }
`);

export const TestTarget = graphql(`
  mutation TestTarget($input: TestNotificationTargetInput!) {
    testNotificationTarget(input: $input) { ...Delivery }
  }
`);

export const RotateKey = graphql(`
  mutation RotateKey($input: RotateNotificationKeyInput!) {
    rotateNotificationKey(input: $input) { signingKey target { ...Target } }
  }
`);

export const RetryDelivery = graphql(`
  mutation RetryDelivery($input: RetryNotificationDeliveryInput!) {
    retryNotificationDelivery(input: $input) { ...Delivery }
  }
`);
