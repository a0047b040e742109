import { A } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import type { WatchdogVerdict } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { At } from '../../ui/Time.tsx';
import { DecideWatchdog } from './queries.ts';
import type { RunDetail } from './run.ts';

type Recovery = NonNullable<NonNullable<RunDetail['issue']>['recovery']>;

/** The open action about the silence of a run; nothing once the run is over, or where the action is about another. */
export function silenceOf(run: Pick<RunDetail, 'id' | 'status' | 'issue'>): Recovery | undefined {
  const recovery = run.issue?.recovery;
  return run.status === 'RUNNING' && recovery?.kind === 'SILENT_RUN' && recovery.run?.id === run.id ? recovery : undefined;
}

/** That a run has said nothing for long, who is to look at it, and what may be made of that. Stopping it has its own button. */
export function SilentRun(props: { run: RunDetail; disabled: boolean; onChanged: () => void }) {
  const [pending, setPending] = createSignal<WatchdogVerdict>();
  const [problem, setProblem] = createSignal<string>();
  const decide = async (verdict: WatchdogVerdict) => {
    if (pending()) return;
    setPending(verdict);
    const { failure } = await mutate(DecideWatchdog, { input: { runId: props.run.id, verdict } });
    setPending(undefined);
    setProblem(failure?.message);
    if (!failure) props.onChanged();
  };
  const way = (verdict: WatchdogVerdict, label: string, title: string) => (
    <Button size="small" title={title} pending={pending() === verdict} disabled={props.disabled || Boolean(pending())} onClick={() => void decide(verdict)}>
      {label}
    </Button>
  );
  return (
    <Show when={silenceOf(props.run)}>
      {(recovery) => (
        <section class="run-silent" aria-label="Silent">
          <Icon name="warn" />
          <div>
            <p>
              <b>{recovery().priority === 'HIGH' ? 'Silent for more than four hours.' : 'Silent for more than an hour.'}</b>{' '}
              {recovery().ownerAgent?.name ?? recovery().ownerUser?.name ?? 'The board'} is to look: {recovery().nextAction}
            </p>
            <p class="meta t2">
              Since <At at={recovery().createdAt} />
              <Show when={recovery().snoozedUntilAt}>{(at) => <>, nobody looks before <At at={at()} /></>}</Show>
              <Show when={props.run.issue}>
                {(issue) => (
                  <>
                    , on{' '}
                    <A class="link" href={paths.issue(issue().identifier)}>
                      {issue().identifier}
                    </A>
                  </>
                )}
              </Show>
            </p>
            <Show when={problem()}>
              <p class="field-error" role="alert">
                {problem()}
              </p>
            </Show>
            <div class="run-silent-ways">
              {way('SNOOZE', 'Snooze', 'Look again in an hour')}
              {way('CONTINUE', 'Continue', 'Let it go on, and look again in half an hour')}
              {way('DISMISSED_FALSE_POSITIVE', 'Not a problem', 'Never ask about this run again')}
            </div>
          </div>
        </section>
      )}
    </Show>
  );
}
