import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { skipSentence } from '../../../../../schema/wake/rules.ts';
import { paths } from '../../../app/company.ts';
import type { AgentWakeupsQuery as Wakeups } from '../../../graphql/generated/graphql.ts';
import { aboutAgent } from '../../../graphql/live.ts';
import { createPages } from '../../../graphql/pages.ts';
import { Chip, type Tone } from '../../../ui/Chip.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { words } from '../../../ui/format.ts';
import { MoreList } from '../../../ui/MoreList.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { wakeInWords } from '../../run/run.ts';
import { AgentWakeupsQuery } from './queries.ts';

type Wakeup = NonNullable<Wakeups['agent']>['wakeups']['nodes'][number];

const tones: Partial<Record<Wakeup['status'], Tone>> = { QUEUED: 'accent', CLAIMED: 'accent', DEFERRED: 'warn', FAILED: 'bad' };

/** Why the agent ran, and why it did not. */
export function AgentWakeups(props: { agentId: string; name: string; prefix: string }) {
  const pages = createPages({
    query: AgentWakeupsQuery,
    variables: () => ({ id: props.agentId, first: 25 }),
    connection: (data) => data.agent?.wakeups,
    concerns: aboutAgent(() => props.agentId),
  });
  return (
    <MoreList
      what="The wakeups"
      pages={pages}
      empty={
        <Empty icon="clock" title="Nothing woke it yet">
          Each time something would wake {props.name} it is written here, also where no run came of it, and why.
        </Empty>
      }
    >
      {(wakeup) => (
        <div class="row wakeup">
          <Chip tone={tones[wakeup.status] ?? 'plain'}>{words(wakeup.status)}</Chip>
          <span class="cut">
            <span class="name">{wakeInWords(wakeup.source, wakeup.reason)}</span>
            <Show when={wakeup.issue}>
              {(issue) => (
                <>
                  {' '}
                  <A class="t2" href={paths.issue(issue().identifier)}>
                    {issue().identifier} {issue().title}
                  </A>
                </>
              )}
            </Show>
          </span>
          <span class="meta t3 cut fill">
            <Show when={wakeup.skipReason}>{(reason) => skipped(reason())}</Show>
            <Show when={wakeup.coalescedCount > 0}> {wakeup.coalescedCount} more merged into it.</Show>
          </span>
          <Show when={wakeup.run}>
            {(run) => (
              <A class="meta link num" href={paths.run(props.prefix, run().number)}>
                run {run().number}
              </A>
            )}
          </Show>
          <span class="meta t3 wakeup-by cut">{wakeup.requestedBy.name}</span>
          <Ago at={wakeup.requestedAt} class="meta t3 agent-run-ago" />
        </div>
      )}
    </MoreList>
  );
}

function skipped(reason: string): string {
  return (skipSentence(reason as Parameters<typeof skipSentence>[0]) as string | undefined) ?? words(reason);
}
