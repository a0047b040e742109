import { expect, test } from 'vitest';
import { renderMarkdown } from './markdown.ts';

const dom = (text: string, prefix?: string) => {
  const element = document.createElement('div');
  element.innerHTML = renderMarkdown(text, prefix);
  return element;
};

test('formats what people write', () => {
  expect(renderMarkdown('**bold** and `code`').trim()).toBe('<p><strong>bold</strong> and <code>code</code></p>');
  expect(dom('one\ntwo').querySelector('br')).not.toBeNull();
  expect(dom('- [x] done\n- [ ] open').querySelectorAll('input[type=checkbox][disabled]')).toHaveLength(2);
  expect(dom('| a | b |\n|---|--:|\n| 1 | 2 |').querySelectorAll('td')).toHaveLength(2);
  expect(dom('```ts\nconst a = 1;\n```').querySelector('code')?.className).toBe('language-ts');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:x)',
  '![x](javascript:alert(1))',
  '![x](https://evil.test/pixel.png)',
  '<iframe src="https://evil.test"></iframe>',
  '<form action="https://evil.test"><input name=a><button>b</button></form>',
  '<style>body{display:none}</style>',
  '<p style="position:fixed;inset:0" class="dialog" id="root">x</p>',
  '[x](//evil.test)',
  '[x](/\\evil.test)',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '`<img src=x onerror=alert(1)>`',
  '"><img src=x onerror=alert(1)>',
  '[a](https://ok.test"onmouseover="alert(1))',
])('nothing active comes out of %j', (text) => {
  const element = dom(text);
  expect(element.querySelector('script, img, svg, iframe, form, button, style, math, object, embed, input:not([type=checkbox])')).toBeNull();
  for (const node of element.querySelectorAll('*')) {
    for (const { name, value } of node.attributes) {
      expect(name).not.toMatch(/^(on|style|id|src|srcdoc|action|formaction)/);
      if (name === 'href') expect(value).toMatch(/^(https?:|mailto:|#|\/[^/\\]|\/$)/);
    }
  }
});

test('links that lead away open apart and tell nothing', () => {
  const link = dom('https://example.test').querySelector('a');
  expect(link?.target).toBe('_blank');
  expect(link?.rel).toContain('noopener');
});

test('an image is a link to it: nothing is loaded from elsewhere', () => {
  const element = dom('![chart](https://example.test/chart.png)');
  expect(element.querySelector('a')?.textContent).toBe('chart');
});

test('identifiers of the company become links, but not in code or inside words', () => {
  expect(dom('See HAL-138, xHAL-1 and `HAL-2`; OTHER-3', 'HAL').querySelectorAll('a')).toHaveLength(1);
  expect(dom('HAL-138', 'HAL').querySelector('a')?.getAttribute('href')).toBe('/HAL/issues/HAL-138');
  expect(dom('HAL-138').querySelector('a')).toBeNull();
});
