import './panel.css';
import { Show, type JSX } from 'solid-js';

/** A box for what can be decided on, stopped or moved; anything else is grouped by rules alone. */
export function Panel(props: { title?: string; note?: JSX.Element; action?: JSX.Element; flush?: boolean; class?: string; children: JSX.Element }) {
  return (
    <section class={`panel ${props.class ?? ''}`}>
      <Show when={props.title}>
        <header>
          <h2>{props.title}</h2>
          <span class="t3 cut">{props.note}</span>
          <span class="fill" />
          {props.action}
        </header>
      </Show>
      <div class={props.flush ? 'panel-flush' : 'panel-body'}>{props.children}</div>
    </section>
  );
}

/** A titled part of a page, parted by a rule and not by a box. */
export function Section(props: { title: string; note?: JSX.Element; action?: JSX.Element; class?: string; children: JSX.Element }) {
  return (
    <section class={`section ${props.class ?? ''}`}>
      <header>
        <h2>{props.title}</h2>
        <span class="t3 num cut">{props.note}</span>
        <span class="fill" />
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
