import { write } from './desk.mjs';
import { say } from './narrate.mjs';
import { commit } from './repository.mjs';

/** For an issue that is not in the script: it is written down, and said plainly that nobody thought about it. */
export function takeNote(person) {
  return async (issue) => {
    await say('This is not in my script, and I am only a script. I write it down.');
    const path = `notes/${issue.identifier}.md`;
    await write(path, `# ${issue.title}\n\n${issue.description ?? 'No description.'}\n`);
    const hash = await commit(person, `${issue.identifier}: ${issue.title}`, [path]);
    return `I am one of the demo's scripts, so I only wrote this down in \`${path}\`${hash ? ` (${hash})` : ''}. Hire an agent with a mind of its own for more.`;
  };
}
