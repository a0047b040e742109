import { createSignal } from 'solid-js';

const KEY = 'boardroom.issuePanel';

function stored(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'hidden';
  } catch {
    return true;
  }
}

const [hasPanel, setPanel] = createSignal(stored());

/** Whether the properties stand beside the issue, on every issue and the next time. */
export { hasPanel };

export function togglePanel(): void {
  setPanel((before) => !before);
  try {
    localStorage.setItem(KEY, hasPanel() ? 'shown' : 'hidden');
  } catch {
    // Then it is as it was the next time.
  }
}
