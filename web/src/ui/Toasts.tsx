import './toast.css';
import { createEffect, For, onCleanup, Show } from 'solid-js';
import { Button, ButtonLink } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { toast, toasts, type ShownToast, type ToastAction } from './toast.ts';

const SHOWN_MS = 6000;

/** Mounted once by the shell. */
export function Toasts() {
  return (
    <div class="toasts" role="region" aria-label="Notices">
      <For each={toasts}>{(each) => <Toast {...each} />}</For>
    </div>
  );
}

function Toast(props: ShownToast) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hold = () => clearTimeout(timer);
  const run = () => {
    hold();
    if (!props.stays) timer = setTimeout(() => toast.dismiss(props.id), SHOWN_MS);
  };
  createEffect(run);
  onCleanup(hold);
  return (
    <div class="toast" role={props.tone === 'bad' ? 'alert' : 'status'} onPointerEnter={hold} onPointerLeave={run} onFocusIn={hold} onFocusOut={run}>
      <span class={`toast-mark ${props.tone ?? 'plain'}`}>
        <Show when={props.glyph} fallback={<Icon name={props.icon ?? (props.tone === 'ok' ? 'tick' : 'info')} />}>
          {(glyph) => glyph()()}
        </Show>
      </span>
      <span class="toast-title">{props.title}</span>
      <button type="button" class="toast-close" aria-label="Dismiss" onClick={() => toast.dismiss(props.id)}>
        <Icon name="close" />
      </button>
      <Show when={props.detail}>
        <span class="toast-detail">{props.detail}</span>
      </Show>
      <Show when={props.actions?.length}>
        <span class="toast-actions">
          <For each={props.actions}>{(action, at) => <Action action={action} first={at() === 0} id={props.id} />}</For>
        </span>
      </Show>
    </div>
  );
}

function Action(props: { action: ToastAction; first: boolean; id: number }) {
  const select = () => {
    props.action.onSelect?.();
    toast.dismiss(props.id);
  };
  const kind = () => (props.first ? 'plain' : 'ghost');
  return (
    <Show when={props.action.href} fallback={<Button size="small" kind={kind()} kbd={props.action.kbd} onClick={select}>{props.action.label}</Button>}>
      {(href) => <ButtonLink size="small" kind={kind()} href={href()} onClick={select}>{props.action.label}</ButtonLink>}
    </Show>
  );
}
