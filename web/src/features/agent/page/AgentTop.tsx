import { Show } from 'solid-js';
import { openCreate } from '../../../app/create.ts';
import { paths, useCompany } from '../../../app/company.ts';
import { useShortcuts } from '../../../app/keyboard.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { TopBar } from '../../../ui/TopBar.tsx';
import { wake } from '../wake.ts';
import { resume } from './actions.ts';
import type { AgentDetail, Asking } from './agent.ts';

/** What can be done with an agent now. */
export function AgentTop(props: { agent: AgentDetail; fixed: boolean; onAsk: (what: Asking) => void; onConfigure: () => void }) {
  const company = useCompany();
  const agent = () => props.agent;
  /** Nobody to wake or pause: let go, or not hired yet. */
  const gone = () => agent().status === 'TERMINATED' || agent().status === 'PENDING_APPROVAL';
  const fixed = () => props.fixed;
  const needsResume = () => agent().status === 'PAUSED' || agent().status === 'ERROR';
  /** Where a budget paused it, only more budget lets it go on: the banner leads there. */
  const mayResume = () => needsResume() && agent().pauseReason !== 'BUDGET';
  const wakeUp = () => void wake(agent(), company.prefix);

  useShortcuts([
    { keys: 'w', label: 'Wake the agent', group: 'Agent', run: () => !fixed() && !gone() && wakeUp() },
    { keys: 'p', label: 'Pause or resume', group: 'Agent', run: () => !fixed() && !gone() && (mayResume() ? void resume(agent()) : !needsResume() && props.onAsk('pause')) },
  ]);

  return (
    <TopBar
      title={agent().name}
      back={paths.agents(company.prefix)}
      crumbs={[{ label: 'Agents', href: paths.agents(company.prefix) }]}
      actions={
        <Show when={!gone()}>
          <Show
            when={agent().status === 'PAUSED'}
            fallback={
              <Button class="wide-only" size="small" kind="ghost" icon="pause" disabled={fixed()} onClick={() => props.onAsk('pause')}>
                Pause
              </Button>
            }
          >
            <Show when={mayResume()}>
              <Button size="small" kind="primary" icon="play" disabled={fixed()} onClick={() => void resume(agent())}>
                Resume
              </Button>
            </Show>
          </Show>
          <Show when={agent().status !== 'PAUSED'}>
            <Button size="small" kind="primary" icon="play" disabled={fixed()} onClick={wakeUp}>
              Wake
            </Button>
          </Show>
          <Menu
            label="More"
            trigger={<Icon name="more" />}
            triggerClass="button ghost square small"
            placement="bottom-end"
            groups={[
              [
                { label: `Give ${agent().name} an issue`, icon: 'issues', disabled: fixed(), onSelect: () => openCreate({ kind: 'issue', assigneeId: agent().id }) },
                { label: 'Hire a report', icon: 'robot', disabled: fixed(), onSelect: () => openCreate({ kind: 'agent', managerId: agent().id }) },
                { label: 'Configure', icon: 'edit', onSelect: () => props.onConfigure() },
              ],
              [
                ...(needsResume() ? [] : [{ label: 'Pause', icon: 'pause' as const, kbd: 'p', disabled: fixed(), onSelect: () => props.onAsk('pause') }]),
                { label: 'Terminate', icon: 'close', danger: true, disabled: fixed(), onSelect: () => props.onAsk('terminate') },
              ],
            ]}
          />
        </Show>
      }
    />
  );
}
