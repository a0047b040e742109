import './topbar.css';
import { createEffect, For, Show, type JSX } from 'solid-js';
import { Icon } from './Icon.tsx';

export interface Crumb {
  label: string;
  href: string;
}

/** The bar every page begins with: where we are, what this page is called, what it can do. */
export function TopBar(props: { title: string; crumbs?: readonly Crumb[]; note?: JSX.Element; tabs?: JSX.Element; actions?: JSX.Element; back?: string; mark?: JSX.Element }) {
  // What the browser's tab and history call the page.
  createEffect(() => (document.title = `${props.title} · Boardroom`));
  return (
    <header class="topbar">
      <Show when={props.back}>
        {(href) => (
          <a class="topbar-back narrow-only" href={href()} aria-label="Back">
            <Icon name="left" />
          </a>
        )}
      </Show>
      {props.mark}
      <Show when={props.crumbs?.length}>
        <nav class="crumbs wide-only" aria-label="Breadcrumbs">
          <For each={props.crumbs}>
            {(crumb) => (
              <>
                <a class="crumb cut" href={crumb.href}>
                  {crumb.label}
                </a>
                <span class="crumb-slash" aria-hidden="true">
                  /
                </span>
              </>
            )}
          </For>
        </nav>
      </Show>
      <h1 class="cut">{props.title}</h1>
      <Show when={props.note}>
        <span class="t3 cut wide-only">{props.note}</span>
      </Show>
      {props.tabs}
      <span class="fill" />
      <div class="topbar-actions">{props.actions}</div>
    </header>
  );
}
