import { Show } from 'solid-js';
import type { BudgetLineFragment } from '../../graphql/generated/graphql.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { standingOf } from './words.ts';

const WORDS = { stopped: 'stopped', kept: 'kept paused', over: 'used up' } as const;

/** What is to be known of a budget beyond its rail: that it stops work, or is near to it. */
export function StandingChip(props: { budget: BudgetLineFragment }) {
  const standing = () => standingOf(props.budget);
  return (
    <Show when={standing() !== 'fine'}>
      <Show
        when={standing() !== 'warned'}
        fallback={
          <Chip tone="warn" title={`Warned at ${props.budget.warnPercent}%`}>
            <Icon name="warn" /> {Math.floor(props.budget.usedPercent ?? 0)}%
          </Chip>
        }
      >
        <Chip tone="bad">
          <Icon name={standing() === 'over' ? 'warn' : 'pause'} /> {WORDS[standing() as keyof typeof WORDS]}
        </Chip>
      </Show>
    </Show>
  );
}
