// Before the first paint, so that a chosen theme never flashes the other one. Written by src/app/appearance.ts.
try {
  const chosen = JSON.parse(localStorage.getItem('boardroom.appearance') ?? '{}');
  if (chosen.theme === 'light' || chosen.theme === 'dark') document.documentElement.dataset.theme = chosen.theme;
  document.documentElement.dataset.density = chosen.density === 'compact' ? 'compact' : 'comfortable';
} catch {
  document.documentElement.dataset.density = 'comfortable';
}
