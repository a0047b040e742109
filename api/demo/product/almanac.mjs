import { readFileSync, writeFileSync } from 'node:fs';
import { moonOn } from '../src/moon.mjs';

const phases = JSON.parse(readFileSync(new URL('../src/phases.json', import.meta.url), 'utf8'));
const from = new Date(`${process.argv[2] ?? new Date().toISOString().slice(0, 10)}T21:00:00Z`);

/** The lit part: a half circle on the side of the sun, and a half ellipse for the edge of the night. */
function disc({ turn }) {
  const bulge = Math.abs(Math.cos(2 * Math.PI * turn)) * 20;
  const waxing = turn < 0.5;
  const crescent = turn < 0.25 || turn > 0.75;
  const outer = waxing ? 1 : 0;
  const inner = waxing === crescent ? 0 : 1;
  return `<path d="M24 4 A20 20 0 0 ${outer} 24 44 A${bulge.toFixed(2)} 20 0 0 ${inner} 24 4 Z"/>`;
}

const nights = Array.from({ length: 30 }, (_, day) => {
  const date = new Date(from.getTime() + day * 86_400_000);
  const moon = moonOn(date);
  const label = `${date.toISOString().slice(0, 10)}: ${phases[moon.phase].name}`;
  return `    <figure><svg viewBox="0 0 48 48" role="img" aria-label="${label}"><circle cx="24" cy="24" r="20"/>${disc(moon)}</svg>
      <figcaption>${date.toISOString().slice(5, 10)}</figcaption></figure>`;
});

writeFileSync(
  new URL('index.html', import.meta.url),
  `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Thirty nights of moon</title>
  <style>
    body { margin: 0; padding: 3rem 1.5rem; background: #10131c; color: #d9dce6; font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 44rem; margin: auto; }
    h1 { font-weight: 500; letter-spacing: -0.02em; }
    .nights { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.5rem, 1fr)); gap: 1.25rem; }
    figure { margin: 0; text-align: center; color: #8b90a3; font-size: 0.8rem; }
    circle { fill: #1c2130; }
    path { fill: #f2eeda; }
  </style>
</head>
<body>
  <main>
    <h1>Thirty nights of moon</h1>
    <p>From ${from.toISOString().slice(0, 10)}, drawn by <code>node site/build.mjs</code>.</p>
    <div class="nights">
${nights.join('\n')}
    </div>
  </main>
</body>
</html>
`,
);
console.log(`site/index.html: ${nights.length} nights from ${from.toISOString().slice(0, 10)}`);
