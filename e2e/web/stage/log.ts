import type { Locator, Page } from 'playwright-core';

/** The log of a run as it stands on the page. */
export interface LogOnPage {
  box: Locator;
  /** How many lines the page says there are. */
  count: () => Promise<number>;
  /** The numbers of the steps that are in view, top to bottom. */
  steps: () => Promise<number[]>;
  /** Whether the last line is in view. */
  atEnd: () => Promise<boolean>;
}

export function logOf(page: Page): LogOnPage {
  const box = page.getByRole('log', { name: 'Log' });
  const inView = () =>
    box.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return [...element.querySelectorAll('[data-row]')]
        .filter((row) => row.getBoundingClientRect().bottom > top + 1 && row.getBoundingClientRect().top < bottom - 1)
        .map((row) => ({ row: Number(row.getAttribute('data-row')), text: row.textContent ?? '' }));
    });
  const total = page.getByText(/^[\d,]+ lines?$/);
  const count = async () => Number((await total.textContent())?.replaceAll(/\D/g, ''));
  return {
    box,
    count,
    steps: async () => (await inView()).map(({ text }) => Number(/step (\d+)/.exec(text)?.[1])).filter((step) => !Number.isNaN(step)),
    atEnd: () => box.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 10),
  };
}
