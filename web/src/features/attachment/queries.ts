import { graphql } from '../../graphql/generated/gql.ts';

export const AttachmentLine = graphql(`
  fragment AttachmentLine on Attachment {
    id
    filename
    contentType
    byteSize
    path
    isShown
    createdAt
  }
`);

export const UploadAttachment = graphql(`
  mutation UploadAttachment($input: UploadAttachmentInput!) {
    uploadAttachment(input: $input) {
      __typename
      ... on Attachment { ...AttachmentLine }
      ... on IssueHeld { message }
    }
  }
`);

export const DeleteAttachment = graphql(`
  mutation DeleteAttachment($input: DeleteAttachmentInput!) {
    deleteAttachment(input: $input) {
      __typename
      ... on Attachment { id }
      ... on IssueHeld { message }
    }
  }
`);
