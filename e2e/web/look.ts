import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contextFor, openBrowser, sticksOut } from '../support/browser.ts';
import { watch } from './stage/watch.ts';

/**
 * Pictures of pages, to be looked at: `node e2e/web/look.ts --url http://127.0.0.1:4400 /LAMP /LAMP/issues /design`.
 * Every page in every width and theme; fails when one logs an error or sticks out of its window.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4400' },
    out: { type: 'string', default: 'looks' },
    widths: { type: 'string', default: '1440,768,390' },
    themes: { type: 'string', default: 'light,dark' },
    density: { type: 'string', default: 'comfortable' },
    settle: { type: 'string', default: '1000' },
  },
});

const paths = positionals.length > 0 ? positionals : ['/', '/companies', '/design'];
const widths = values.widths.split(',').map(Number);
const themes = values.themes.split(',').map((theme) => (theme === 'dark' ? ('dark' as const) : ('light' as const)));
let failed = false;

await mkdir(values.out, { recursive: true });
const browser = await openBrowser();
for (const width of widths) {
  for (const theme of themes) {
    const context = await browser.newContext(contextFor({ width, theme }));
    await context.addInitScript((density) => localStorage.setItem('boardroom.appearance', JSON.stringify({ density })), values.density);
    for (const path of paths) {
      const page = await context.newPage();
      const seen = watch(page);
      await page.goto(values.url + path);
      // Live pages are never idle: what they show after this is what a person sees.
      await page.waitForTimeout(Number(values.settle));
      const file = join(values.out, `${path.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'start'}-${theme}-${width}.png`);
      await page.screenshot({ path: file });
      const complaints = [...seen.problems(), ...((await sticksOut(page)) ? ['sticks out of its window'] : [])];
      console.log(file, ...complaints);
      failed ||= complaints.length > 0;
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
process.exitCode = failed ? 1 : 0;
