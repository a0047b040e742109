import './interaction.css';
import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import { createView } from '../../graphql/view.ts';
import { DecisionGlyph } from '../../ui/DecisionGlyph.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Ago } from '../../ui/Time.tsx';
import { stateOf, tailOf, verbOf } from './outcome.ts';
import { InteractionQuery } from './queries.ts';
import type { Asked, Resolved } from './reply.ts';

const verdictNames = { APPROVE: 'Approved', REJECT: 'Rejected', DEFER: 'Deferred' };

/** What the board was asked and said, folded to a line. What was answered in detail opens below it. */
export function InteractionLine(props: { asked: Resolved }) {
  const [open, setOpen] = createSignal(false);
  const asked = () => props.asked;
  const tail = () => tailOf(asked());
  const isSaid = () => asked().status === 'ACCEPTED' || asked().status === 'ANSWERED' || asked().status === 'REJECTED' || asked().status === 'CANCELLED';
  const hasMore = () => asked().status === 'ANSWERED' || asked().tasks.some(({ issue }) => issue) || Boolean(asked().note);
  return (
    <div class="event small" id={`interaction-${asked().id}`}>
      <span class="event-mark">
        <DecisionGlyph state={stateOf(asked())} />
      </span>
      <div class="event-body">
        <p>
          <Show
            when={isSaid() && asked().resolvedBy}
            fallback={
              <>
                <span class="t2">“{asked().title}”</span> {verbOf(asked())}
              </>
            }
          >
            {(who) => (
              <>
                <span class="name t2">{who().name}</span> {verbOf(asked())} <span class="t2">“{asked().title}”</span>
              </>
            )}
          </Show>
          <Show when={tail()}>: {tail()}</Show>. <Ago at={asked().resolvedAt ?? asked().createdAt} class="event-ago" />{' '}
          <Show when={hasMore()}>
            <button type="button" class="link" aria-expanded={open()} onClick={() => setOpen(!open())}>
              {open() ? 'Less' : 'What was said'}
            </button>
          </Show>
        </p>
        <Show when={open()}>
          <Detail id={asked().id} />
        </Show>
      </div>
    </div>
  );
}

function Detail(props: { id: string }) {
  const view = createView({ query: InteractionQuery, variables: () => ({ id: props.id }) });
  const asked = () => (view.data?.node?.__typename === 'Interaction' ? view.data.node : undefined);
  return <Show when={asked()}>{(it) => <Said asked={it()} />}</Show>;
}

function Said(props: { asked: Asked }) {
  const labelsOf = (questionKey: string, keys: readonly string[]) =>
    props.asked.questions.find(({ key }) => key === questionKey)?.options.filter(({ key }) => keys.includes(key)).map(({ label }) => label) ?? [];
  const labelOf = (itemKey: string) => props.asked.items.find(({ key }) => key === itemKey)?.label ?? itemKey;
  return (
    <ul class="asked-said">
      <For each={props.asked.answers}>
        {(each) => (
          <li>
            {props.asked.questions.find(({ key }) => key === each.questionKey)?.prompt}{' '}
            <span class="t1">{[...labelsOf(each.questionKey, each.optionKeys), each.text].filter(Boolean).join(', ')}</span>
          </li>
        )}
      </For>
      <For each={props.asked.verdicts}>
        {(each) => (
          <li>
            {verdictNames[each.verdict]}: <span class="t1">{labelOf(each.itemKey)}</span> {each.note}
          </li>
        )}
      </For>
      <For each={props.asked.tasks.filter(({ issue }) => issue)}>
        {(each) => (
          <li>
            <A class="mention" href={paths.issue(each.issue?.identifier ?? '')}>
              <IssueGlyph status={each.issue?.status ?? 'TODO'} />
              <span class="num t3">{each.issue?.identifier}</span>
              <span class="cut t2">{each.issue?.title}</span>
            </A>
          </li>
        )}
      </For>
      <Show when={props.asked.note}>
        <li class="t1">“{props.asked.note}”</li>
      </Show>
    </ul>
  );
}
