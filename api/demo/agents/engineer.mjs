import { boardroomAloud } from './boardroom.mjs';
import { product, runNode, write } from './desk.mjs';
import { say } from './narrate.mjs';
import { takeNote } from './note.mjs';
import { steps } from './plan.mjs';
import { answer } from './remark.mjs';
import { commit } from './repository.mjs';
import { byTitle, goToWork } from './work.mjs';

const ines = {
  name: 'Ines',
  title: 'engineer',
  email: 'ines@lamplight.example',
  model: 'scripted-engineer',
};

const jobs = {
  async phase(issue) {
    await say('The mean month is 29.53 days. From one known new moon, the rest is a remainder.');
    await write('package.json', await product('package.json.txt'));
    await write('src/moon.mjs', await product('moon.mjs'));
    await say('I trust it when it agrees with the sky. Five dates that people have seen:');
    await write('test/moon.test.mjs', await product('moon.checks.mjs'));
    await runNode('--test', '--test-reporter=spec');
    const hash = await commit(ines, `${issue.identifier}: the phase of the moon on any day`, ['package.json', 'src/moon.mjs', 'test/moon.test.mjs']);
    return `\`moonOn(date)\` says how far the moon is and how much is lit, good to about half a day. It agrees with the eclipse of April 2024 and four other dates.${at(hash)}`;
  },

  async draw(issue) {
    await say('A disc, and the edge of the night as half an ellipse. The seas make it a face.');
    await write('src/draw.mjs', await product('draw.mjs'));
    await write('test/draw.test.mjs', await product('draw.checks.mjs'));
    await write('bin/moon.mjs', await product('command.mjs'));
    await runNode('--test', '--test-reporter=spec');
    await say('And now, the moon:');
    await runNode('bin/moon.mjs', '2025-01-09');
    const hash = await commit(ines, `${issue.identifier}: draw the moon in the terminal`, ['src/draw.mjs', 'test/draw.test.mjs', 'bin/moon.mjs']);
    await answer('Tove', issue, `Both: the name, and your line under it.${hash ? ` It is there since ${hash}.` : ''}`);
    await tellTove(issue);
    return `\`node bin/moon.mjs\` draws tonight's moon, \`node bin/moon.mjs 2025-01-09\` any other. Tove's lines are under it.${at(hash)}`;
  },

  async page(issue) {
    await say('The same thirty discs as SVG: one path each, nothing to load.');
    await write('site/build.mjs', await product('almanac.mjs'));
    await runNode('site/build.mjs');
    const hash = await commit(ines, `${issue.identifier}: a page with thirty nights of moon`, ['site/build.mjs', 'site/index.html']);
    return `\`site/index.html\` shows the next thirty nights; \`node site/build.mjs\` builds it again.${at(hash)}`;
  },
};

/** A word to whoever goes on from here, where they will read it. */
async function tellTove(issue) {
  const readme = issue.blocks.find(({ title }) => title === steps.find(({ key }) => key === 'readme').title);
  if (readme) await boardroomAloud('issue', 'comment', readme.identifier, 'Tove, 2025-01-13 makes a good picture: a full moon, with all of its seas.');
}

function at(hash) {
  return hash ? ` Committed as ${hash}.` : '';
}

await goToWork(ines, byTitle(steps, jobs, takeNote(ines)));
