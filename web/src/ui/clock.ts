import { createSignal, onCleanup, type Accessor } from 'solid-js';

/** One timer per pace for the whole page, and none while nobody looks at it. */
function ticker(everyMs: number): () => Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  let watchers = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  return () => {
    if (watchers === 0) {
      setNow(Date.now());
      timer = setInterval(() => setNow(Date.now()), everyMs);
    }
    watchers += 1;
    onCleanup(() => {
      watchers -= 1;
      if (watchers === 0) clearInterval(timer);
    });
    return now;
  };
}

/** The time, each second: for what runs. Call inside a component. */
export const useSeconds = ticker(1000);

/** The time, twice a minute: for ages. Call inside a component. */
export const useMinutes = ticker(30_000);
