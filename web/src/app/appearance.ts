import { createSignal } from 'solid-js';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';

/** Also read by public/appearance.js before the first paint. */
const KEY = 'boardroom.appearance';

interface Appearance {
  theme: Theme;
  density: Density;
  sidebar: 'open' | 'rail';
}

function stored(): Partial<Appearance> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Appearance>;
  } catch {
    // Storage may be denied or hold something else; the defaults serve.
    return {};
  }
}

const [appearance, setAppearance] = createSignal<Appearance>({ theme: 'system', density: 'comfortable', sidebar: 'open', ...stored() });

export { appearance };

function change(part: Partial<Appearance>): void {
  const next = { ...appearance(), ...part };
  setAppearance(next);
  const data = document.documentElement.dataset;
  if (next.theme === 'system') delete data['theme'];
  else data['theme'] = next.theme;
  data['density'] = next.density;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Then it holds for this page only.
  }
}

export const setTheme = (theme: Theme): void => change({ theme });
export const setDensity = (density: Density): void => change({ density });

/** Light and dark in turn, starting from what is seen now. */
export function toggleTheme(): void {
  const { theme } = appearance();
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  change({ theme: dark ? 'light' : 'dark' });
}

export const toggleDensity = (): void => change({ density: appearance().density === 'compact' ? 'comfortable' : 'compact' });
export const toggleSidebar = (): void => change({ sidebar: appearance().sidebar === 'open' ? 'rail' : 'open' });
