import { A } from '@solidjs/router';
import { Show, type JSX } from 'solid-js';
import { paths } from '../../../app/company.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { IssueDetail } from './issue.ts';

/** Who or what moves the issue next. Where nothing does, that is the message. */
export function NextBar(props: { step: IssueDetail['nextStep']; prefix: string; done: boolean; action?: JSX.Element }) {
  return (
    <Show when={!props.done}>
      <div class="next-bar" classList={{ stalled: props.step.stalled }}>
        <Icon name={props.step.stalled ? 'warn' : 'next'} />
        <p>
          <b>{props.step.stalled ? 'Stuck:' : 'Next:'}</b> {lower(props.step.text)}{' '}
          <Show when={props.step.run}>
            {(run) => (
              <A class="link" href={paths.run(props.prefix, run().id)}>
                Watch
              </A>
            )}
          </Show>
          <Show when={!props.step.run && props.step.issue}>
            {(issue) => (
              <A class="link" href={paths.issue(issue().identifier)}>
                Open {issue().identifier}
              </A>
            )}
          </Show>
        </p>
        {props.action}
      </div>
    </Show>
  );
}

/** The server's sentence goes on ours: only a name keeps its capital. */
function lower(text: string): string {
  const plain = text.replace(/^Stalled: /, '');
  return /^(Nobody|Nothing|Waits|Parked|Marked|An) /.test(plain) || plain.startsWith('Parked.') ? (plain[0]?.toLowerCase() ?? '') + plain.slice(1) : plain;
}
