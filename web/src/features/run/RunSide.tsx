import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { paths } from '../../app/company.ts';
import { bytes, isZero, moment, money, plural, secondsOf } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Properties, Property } from '../../ui/Properties.tsx';
import { isLive, wakeInWords, type RunDetail } from './run.ts';

/** What there is to know about a run beside what it does: usage, trigger, session, process, what comes then. */
export function RunSide(props: { run: RunDetail; prefix: string }) {
  const live = () => isLive(props.run.status);
  const minutes = () => (Date.parse(props.run.finishedAt ?? new Date().toISOString()) - Date.parse(props.run.startedAt ?? props.run.queuedAt)) / 60_000;
  return (
    <>
      <h3>Usage</h3>
      <Properties>
        <Property name="Adapter">{props.run.adapterType}</Property>
        <Show when={props.run.model}>
          <Property name="Model">
            <span class="mono cut" title={props.run.model ?? ''}>
              {props.run.model}
            </span>
          </Property>
        </Show>
        <Show when={props.run.provider}>
          <Property name="Provider">{props.run.provider}</Property>
        </Show>
        <Show when={!isZero(props.run.cost.costMicros) && props.run.startedAt && minutes() >= 1}>
          <Property name="Rate">{money(BigInt(Math.round(Number(props.run.cost.costMicros) / minutes())))} a minute</Property>
        </Show>
        {/* While it prints, the log below counts. */}
        <Show when={!live()}>
          <Property name="Printed">
            {bytes(props.run.logBytes)} <span class="t3">in {plural(props.run.logChunkCount, 'piece')}</span>
          </Property>
        </Show>
      </Properties>
      <h3>Trigger</h3>
      <Properties>
        <Property name="Wake">{wakeInWords(props.run.source, props.run.reason)}</Property>
        <Property name="Queued">
          <Clock at={props.run.queuedAt} />
        </Property>
        <Show when={props.run.startedAt}>
          {(at) => (
            <Property name="Started">
              <Clock at={at()} />
            </Property>
          )}
        </Show>
        <Show when={props.run.finishedAt}>
          {(at) => (
            <Property name="Ended">
              <Clock at={at()} />
            </Property>
          )}
        </Show>
        <Show when={props.run.coalescedCount > 0}>
          <Property name="Merged">{props.run.coalescedCount + 1} wakes into 1</Property>
        </Show>
        <Show when={props.run.heldIssues.length > 0}>
          <Property name="Holds">
            <span class="run-held">
              <For each={props.run.heldIssues}>
                {(issue) => (
                  <A class="line" href={paths.issue(issue.identifier)} title={issue.title}>
                    <Icon name="lock" class="t3" />
                    {issue.identifier}
                  </A>
                )}
              </For>
            </span>
          </Property>
        </Show>
      </Properties>
      <Show when={props.run.sessionBefore || props.run.sessionAfter || props.run.adapterType === 'claude'}>
        <h3>Session</h3>
        <Properties>
          <Property name="Before">
            <Session id={props.run.sessionBefore} none="a new one" />
          </Property>
          <Property name="After">
            <Session id={props.run.sessionAfter} none={live() ? 'when it ends' : 'none kept'} />
          </Property>
        </Properties>
      </Show>
      <Show when={props.run.pid || props.run.worker}>
        <h3>Process</h3>
        <Properties>
          <Show when={props.run.pid}>
            <Property name="Pid">{props.run.pid}</Property>
          </Show>
          <Show when={props.run.worker}>
            <Property name="Worker">
              <span class="mono cut" title={props.run.worker ?? ''}>
                {props.run.worker}
              </span>
            </Property>
          </Show>
        </Properties>
      </Show>
      <Show when={props.run.issue}>
        {(issue) => (
          <>
            <h3>Then</h3>
            <p class="meta t2 run-then">
              <A class="line" href={paths.issue(issue().identifier)}>
                <IssueGlyph status={issue().status} />
                {issue().identifier}
              </A>
              <span classList={{ bad: issue().nextStep.stalled }}>{issue().nextStep.text}</span>
            </p>
          </>
        )}
      </Show>
    </>
  );
}

function Clock(props: { at: string }) {
  return (
    <time dateTime={props.at} title={moment(props.at)}>
      {secondsOf(props.at)}
    </time>
  );
}

function Session(props: { id: string | null; none: string }) {
  return (
    <Show when={props.id} fallback={<span class="t3">{props.none}</span>}>
      {(id) => (
        <span class="mono cut" title={id()}>
          {id().length > 12 ? `${id().slice(0, 4)}…${id().slice(-4)}` : id()}
        </span>
      )}
    </Show>
  );
}
