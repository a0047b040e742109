const KEY = 'boardroom.reloadedAt';
const ONCE_IN_MS = 60_000;

/**
 * A page that stayed open while Boardroom was replaced asks for code that is gone. It is then loaded anew, once: where
 * that does not help, the page's own error says what is wrong.
 */
export function reloadForNewerVersion(): void {
  addEventListener('vite:preloadError', (event) => {
    try {
      if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < ONCE_IN_MS) return;
      sessionStorage.setItem(KEY, String(Date.now()));
    } catch {
      // Without storage there is no telling a first time from a loop.
      return;
    }
    event.preventDefault();
    location.reload();
  });
}
