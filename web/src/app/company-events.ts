import { createEffect, onCleanup } from 'solid-js';
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/generated/gql.ts';
import { announce } from '../graphql/live.ts';

/** What changed comes along, so that the cache has it at once; lists and sums are asked for again by the views concerned. */
const CompanyEvents = graphql(`
  subscription CompanyEvents($companyId: ID!, $after: Cursor) {
    companyEvents(companyId: $companyId, after: $after) {
      cursor
      kind
      at
      entityType
      entityId
      issue {
        id
        identifier
        parent {
          id
        }
      }
      run {
        id
      }
      entity {
        __typename
        ... on Node {
          id
        }
        ... on Company {
          id
          name
          companyStatus: status
        }
        ... on Agent {
          id
          name
          agentStatus: status
          pauseReason
          errorMessage
        }
        ... on AgentRevision {
          agent {
            id
          }
        }
        ... on Project {
          id
          name
          color
          projectStatus: status
        }
        ... on Issue {
          id
          title
          issueStatus: status
          priority
          updatedAt
          assignee {
            id
            name
            status
          }
        }
        ... on Run {
          id
          number
          runStatus: status
          startedAt
          finishedAt
          agent {
            id
            name
            status
          }
        }
      }
    }
  }
`);

/** The one subscription of a company's pages. It begins behind what the frame's query saw, so nothing falls between. */
export function followCompany(companyId: () => string | undefined, since: () => string | undefined): void {
  createEffect((followed: string | undefined) => {
    const id = companyId();
    if (!id || id === followed) return followed;
    const { unsubscribe } = client.subscription(CompanyEvents, { companyId: id, after: since() ?? null }).subscribe(({ data }) => {
        const event = data?.companyEvents;
        if (!event) return;
        const { entity } = event;
        announce({
          cursor: event.cursor,
          kind: entity?.__typename === 'Resync' ? 'resync' : event.kind,
          at: event.at,
          entityType: event.entityType,
          entityId: event.entityId,
          issueId: event.issue?.id ?? null,
          parentId: event.issue?.parent?.id ?? null,
          runId: event.run?.id ?? null,
          agentId: entity?.__typename === 'Run' || entity?.__typename === 'AgentRevision' ? entity.agent.id : entity?.__typename === 'Agent' ? entity.id : null,
          ...(entity?.__typename === 'Run'
            ? { run: { id: entity.id, number: entity.number, status: entity.runStatus, agent: entity.agent.name, issue: event.issue?.identifier ?? null } }
            : {}),
        });
      });
    stop?.();
    stop = unsubscribe;
    return id;
  });
  let stop: (() => void) | undefined;
  onCleanup(() => stop?.());
}
