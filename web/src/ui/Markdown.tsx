import './markdown.css';
import { createEffect, createMemo } from 'solid-js';
import { renderMarkdown } from './markdown.ts';
import { toast } from './toast.ts';

/** Text as people and agents write it. Code blocks carry a copy button. */
export function Markdown(props: { text: string; prefix?: string | undefined; class?: string }) {
  let element!: HTMLDivElement;
  const html = createMemo(() => renderMarkdown(props.text, props.prefix));
  createEffect(() => {
    element.innerHTML = html();
    for (const block of element.querySelectorAll('pre')) block.append(copyButton(block));
    for (const table of element.querySelectorAll('table')) {
      const frame = document.createElement('div');
      frame.className = 'markdown-table';
      table.replaceWith(frame);
      frame.append(table);
    }
  });
  return <div ref={element} class={`markdown ${props.class ?? ''}`} />;
}

function copyButton(block: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  const text = block.textContent ?? '';
  button.type = 'button';
  button.className = 'markdown-copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(text).then(() => toast.show({ title: 'Copied', icon: 'copy', tone: 'ok', key: 'copy' }));
  });
  return button;
}
