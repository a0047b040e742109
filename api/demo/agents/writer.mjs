import { product, runNode, write } from './desk.mjs';
import { quote, say, shell } from './narrate.mjs';
import { takeNote } from './note.mjs';
import { steps } from './plan.mjs';
import { remark } from './remark.mjs';
import { alone, commit, git, hasGit } from './repository.mjs';
import { byTitle, goToWork } from './work.mjs';

const tove = {
  name: 'Tove',
  title: 'writer',
  email: 'tove@lamplight.example',
  model: 'scripted-writer',
};

const jobs = {
  async names(issue) {
    await say('Eight phases. Each gets its name, and one line that somebody might remember.');
    await write('src/phases.json', await product('phases.json.txt'));
    await say('Read aloud twice. The full moon can stay as it is.');
    await remark(tove, issue, 'its name and the next full one', 'Only the name, or the line that goes with it too? I wrote one for each.');
    const hash = await commit(tove, `${issue.identifier}: names and sayings of the eight phases`, ['src/phases.json']);
    return `Eight names and eight lines in \`src/phases.json\`. My favourite: "Nothing to see is also a sight: count the stars."${at(hash)}`;
  },

  async readme(issue) {
    await say('I only write down what it does when I run it.');
    const printed = await runNode('bin/moon.mjs', '2025-01-13');
    await write('README.md', readme(printed));
    const hash = await commit(tove, `${issue.identifier}: README with the real output`, ['README.md']);
    return `The README shows what the command printed when I ran it, how to run it and how to test it.${at(hash)}`;
  },

  async release(issue) {
    await say('A last look at everything before it goes out.');
    await runNode('--test', '--test-reporter=spec');
    await write('CHANGELOG.md', changelog);
    const hash = await commit(tove, `${issue.identifier}: changelog, release 1.0.0`, ['CHANGELOG.md']);
    if (hash) await tag('v1.0.0', hash);
    return `Proofread, tests pass, changelog written${hash ? `, tagged \`v1.0.0\` at ${hash}` : ''}. Ready when you are, Marlow.`;
  },
};

async function tag(name, hash) {
  if (!(await hasGit())) return;
  await shell(`git tag ${name}`);
  await alone(() => git(tove, 'tag', '--force', name, hash));
  await quote(await git(tove, 'log', '--format=%h %an  %s'));
}

function readme(printed) {
  return `# moon

Draws tonight's moon in your terminal.

\`\`\`
$ node bin/moon.mjs 2025-01-13
${printed.trimEnd()}
\`\`\`

Without a date it is tonight's. It needs Node 20 or newer and nothing else; no network takes part.

- \`npm test\` checks it against eclipses and full moons that people have seen.
- \`node site/build.mjs\` builds \`site/index.html\`, thirty nights on one page.

The phase comes from the moon's mean month, so it is good to about half a day.
`;
}

const changelog = `# Changelog

## 1.0.0

- \`moon\` draws the moon of tonight, or of a date
- every phase has a name and a line of its own
- a page with thirty nights of moon
`;

function at(hash) {
  return hash ? ` Committed as ${hash}.` : '';
}

await goToWork(tove, byTitle(steps, jobs, takeNote(tove)));
