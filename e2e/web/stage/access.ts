import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const grave = ['serious', 'critical'];

/** What on the page keeps people from using it, gravely, as far as a program can see. */
export async function barriers(page: Page, only?: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (rules) => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) }) as Promise<AxeResults>, only,
  );
  return violations
    .filter(({ impact }) => grave.includes(impact ?? ''))
    .flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.any[0]?.message.slice(0, 140) ?? ''}`));
}

/** Goes through what Tab reaches, once round or up to a limit; what took the focus without showing it. */
export async function hiddenFocus(page: Page, skipFrame: boolean, limit = 40): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  if (skipFrame && (await page.getByRole('link', { name: 'Skip to the page' }).count()) > 0) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    if (!(await page.evaluate(() => document.activeElement?.matches('main')))) found.push('the link that skips the frame does not');
  }
  for (let stop = 0; stop < limit; stop += 1) {
    await page.keyboard.press('Tab');
    const what = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'end';
      const name = `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
      const box = element.getBoundingClientRect();
      const near = [element, element.parentElement, element.parentElement?.parentElement].filter((each) => each !== null && each !== undefined);
      const rings = near.flatMap((each) => [null, '::before', '::after'].map((part) => getComputedStyle(each, part)));
      const shows = rings.some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none');
      if (!shows) return `${name} shows no focus`;
      const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      return isSeen || getComputedStyle(element).position === 'absolute' ? '' : `${name} is out of sight`;
    });
    if (what === 'end') break;
    if (what) found.push(what);
  }
  return [...new Set(found)];
}

/** What can be pressed or read into but sticks out at a side where nothing scrolls. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null && ((/auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth) || scrolls(element.parentElement));
    return [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, [role=option], [role=tab]')]
      .filter((element) => {
        const { left, right, width, height } = element.getBoundingClientRect();
        const isShown = width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        return isShown && (left < -1 || right > innerWidth + 1) && !scrolls(element.parentElement);
      })
      .map((element) => `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}" is cut off`);
  });
}
