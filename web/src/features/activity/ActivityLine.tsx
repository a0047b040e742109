import './activity.css';
import { createMemo, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { ActorMark } from '../../ui/ActorMark.tsx';
import { Ago } from '../../ui/Time.tsx';
import type { ActivityLineFragment } from '../../graphql/generated/graphql.ts';
import { sentenceOf, type Place } from './sentence.ts';

/** One sentence of the log: mark, who, what; the time at the right. */
export function ActivityLine(props: { activity: ActivityLineFragment; brief?: boolean }) {
  const company = useCompany();
  const sentence = createMemo(() => sentenceOf(props.activity, company.prefix));
  return (
    <div class="activity-line" data-tone={sentence().tone}>
      <ActorMark actor={sentence().lead} size={18} state={false} />
      <span class="activity-words cut">
        <span class="name">{sentence().lead.name}</span> <span class="activity-verb">{sentence().verb}</span> <Where place={sentence().object} />
        <Show when={sentence().at}>
          {' '}
          <span class="t3">on</span> <Where place={sentence().at} />
        </Show>
        <Show when={!props.brief && sentence().tail}>
          <span class="activity-tail t3"> {sentence().tail}</span>
        </Show>
      </span>
      <Show when={!props.brief && props.activity.run}>
        {(run) => (
          <a class="activity-run meta t3 num" href={paths.run(company.prefix, run().number)}>
            run {run().number}
          </a>
        )}
      </Show>
      <Ago at={props.activity.at} class="activity-when" />
    </div>
  );
}

function Where(props: { place: Place | null }) {
  return (
    <Show when={props.place}>
      {(place) => (
        <Show when={place().href} fallback={<span class="name">{place().text}</span>}>
          {(href) => (
            <a class="activity-place name" href={href()}>
              {place().text}
            </a>
          )}
        </Show>
      )}
    </Show>
  );
}
