import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { At } from '../../../ui/Time.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { changeIssue } from '../change-issue.ts';
import { wake } from '../../agent/wake.ts';
import { isFinished, isToldByBanner, type IssueDetail } from './issue.ts';

/** Who or what moves the issue next. Where nothing does, that is the message. A hold, a recovery or a budget says so in a banner of its own. */
export function NextBar(props: { issue: IssueDetail; stop: string | null | undefined; prefix: string; disabled: boolean }) {
  const step = () => props.issue.liveness;
  /** Parked work rests because somebody wants it to. */
  const isParked = () => step().stalled && props.issue.status === 'BACKLOG';
  const isStuck = () => step().stalled && !isParked();
  return (
    <Show when={!isFinished(props.issue) && !isToldByBanner(props.issue, props.stop)}>
      <div class="next-bar" classList={{ stalled: isStuck() }}>
        <Icon name={isStuck() ? 'warn' : 'next'} />
        <p>
          <b>{isStuck() ? 'Stuck:' : isParked() ? 'Parked:' : 'Next:'}</b> {lower(step().text)}{' '}
          <Show when={step().at}>
            {(at) => (
              <span class="t2">
                At <At at={at()} />.{' '}
              </span>
            )}
          </Show>
          <Show when={step().interactionId}>
            {(id) => (
              <a class="link" href={`#interaction-${id()}`}>
                Answer
              </a>
            )}
          </Show>
          <Show when={step().run}>
            {(run) => (
              <A class="link" href={paths.run(props.prefix, run().number)}>
                Watch
              </A>
            )}
          </Show>
          <Show when={!step().run && step().issue?.id !== props.issue.id && step().issue}>
            {(issue) => (
              <A class="link" href={paths.issue(issue().identifier)}>
                Open {issue().identifier}
              </A>
            )}
          </Show>
        </p>
        <WayOn issue={props.issue} prefix={props.prefix} disabled={props.disabled} />
      </div>
    </Show>
  );
}

/** Where nothing moves the issue by itself, what would. */
function WayOn(props: { issue: IssueDetail; prefix: string; disabled: boolean }) {
  const stalled = () => props.issue.liveness.stalled && !props.disabled;
  const isParked = () => stalled() && props.issue.status === 'BACKLOG' && Boolean(props.issue.assignee ?? props.issue.assigneeUser);
  const sleeper = () => (stalled() && ['TODO', 'IN_PROGRESS'].includes(props.issue.status) && ['IDLE', 'ERROR'].includes(props.issue.assignee?.status ?? '') ? props.issue.assignee : null);
  return (
    <>
      <Show when={isParked()}>
        <Button size="small" onClick={() => void changeIssue(props.issue, { status: 'TODO' })}>
          Move to todo
        </Button>
      </Show>
      <Show when={sleeper()}>
        {(agent) => (
          <Button size="small" icon="play" onClick={() => void wake(agent(), props.prefix, props.issue)}>
            Wake {agent().name}
          </Button>
        )}
      </Show>
    </>
  );
}

/** The server's sentence goes on ours: only a name keeps its capital. */
function lower(text: string): string {
  const plain = text.replace(/^(Stalled: |Parked\. )/, '');
  return /^(Nobody|Nothing|Waits|Move|Marked|An|The) /.test(plain) ? (plain[0]?.toLowerCase() ?? '') + plain.slice(1) : plain;
}
