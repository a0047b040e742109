import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Section } from '../../ui/Panel.tsx';
import { RunGlyph } from '../../ui/RunGlyph.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import type { Need } from './needs.ts';

const FIRST = 4;

export function NeedsYou(props: { needs: readonly Need[]; loading: boolean; error: unknown; onRetry: () => void }) {
  const [all, setAll] = createSignal(false);
  const shown = () => (all() ? props.needs : props.needs.slice(0, FIRST));
  return (
    <Section
      title="Needs you"
      note={props.needs.length > FIRST && !all() ? `${FIRST} of ${props.needs.length}, most urgent first` : props.needs.length || undefined}
      action={
        <Show when={props.needs.length > FIRST}>
          <Button kind="ghost" size="small" onClick={() => setAll(!all())}>
            {all() ? 'Fewer' : 'Show all'}
          </Button>
        </Show>
      }
    >
      <div id="needs-you">
        <Switch>
          <Match when={props.loading}>
            <SkeletonRows rows={3} />
          </Match>
          <Match when={props.error && props.needs.length === 0}>
            <ErrorState what="What needs you did not load" error={props.error} onRetry={props.onRetry} />
          </Match>
          <Match when={props.needs.length === 0}>
            <p class="quiet t3">
              <Icon name="tick" class="ok" /> Nothing fails, nothing is stuck, nothing waits for a look.
            </p>
          </Match>
        </Switch>
        <For each={shown()}>
          {(need) => (
            <div class="need">
              {'run' in need.glyph ? <RunGlyph status={need.glyph.run} /> : 'issue' in need.glyph ? <IssueGlyph status={need.glyph.issue} /> : 'decision' in need.glyph ? <DecisionGlyph state={need.glyph.decision} /> : <Icon name={need.glyph.icon} class="bad" />}
              <a class="cut" href={need.href}>
                <span class="name">{need.title}</span> <span class="t3 num">{need.id}</span>
              </a>
              <span class="need-why cut">{need.why}</span>
              <span class="need-verb">
                <ButtonLink size="small" href={need.href} tabIndex={-1} aria-hidden="true">
                  {need.verb}
                </ButtonLink>
              </span>
            </div>
          )}
        </For>
      </div>
    </Section>
  );
}
