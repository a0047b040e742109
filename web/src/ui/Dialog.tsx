import './dialog.css';
import { Show, type JSX } from 'solid-js';
import { Dialog as KDialog } from '@kobalte/core/dialog';
import { IconButton } from './IconButton.tsx';
import { returnFocus } from './return-focus.ts';

/**
 * A question as title, its consequences below, a ghost cancel and one verb. Focus stays inside and returns where it was;
 * Escape closes.
 */
export function Dialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: JSX.Element;
  /** Buttons, at the right; the way out first, the verb last. */
  actions?: JSX.Element;
  size?: 'small' | 'normal' | 'wide';
  /** Wraps body and actions in a form, so that Enter does what the verb does. */
  onSubmit?: () => void;
  children?: JSX.Element;
}) {
  const back = returnFocus(() => props.open);
  let content: HTMLElement | undefined;
  /** What one came to fill in; without that, the way out: a stray Enter must not delete anything. */
  const focusFirst = (event: Event) => {
    const first = content?.querySelector<HTMLElement>('.dialog-body :is(input, textarea, select):not([disabled])') ?? content?.querySelector<HTMLElement>('footer button');
    if (!first) return;
    event.preventDefault();
    first.focus();
  };
  const inside = () => (
    <>
      <div class="dialog-body">{props.children}</div>
      <Show when={props.actions}>
        <footer>{props.actions}</footer>
      </Show>
    </>
  );
  return (
    <KDialog open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <KDialog.Portal>
        <KDialog.Overlay class="dialog-veil" />
        <div class="dialog-place">
          <KDialog.Content ref={content} class={`dialog ${props.size ?? 'normal'}`} onOpenAutoFocus={focusFirst} onCloseAutoFocus={back}>
            <header>
              <KDialog.Title as="h2">{props.title}</KDialog.Title>
              <IconButton icon="close" label="Close" onClick={() => props.onClose()} />
            </header>
            <Show when={props.description}>
              <KDialog.Description class="dialog-description">{props.description}</KDialog.Description>
            </Show>
            <Show when={props.onSubmit} fallback={inside()}>
              <form
                noValidate
                onSubmit={(event) => {
                  event.preventDefault();
                  props.onSubmit?.();
                }}
              >
                {inside()}
              </form>
            </Show>
          </KDialog.Content>
        </div>
      </KDialog.Portal>
    </KDialog>
  );
}
