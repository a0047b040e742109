import type { CreateAgentInput, CreateCompanyInput } from '../cli/generated/graphql.ts';

export const company = {
  name: 'Lamplight',
  description: 'A small company of scripts that makes a small real thing, to show how Boardroom works. No model takes part.',
  brandColor: '#C9A227',
} satisfies CreateCompanyInput;

export interface Hire extends Pick<CreateAgentInput, 'name' | 'role' | 'title' | 'capabilities'> {
  /** The file in api/demo/agents that is its mind. */
  script: string;
}

/** The first one leads the others. */
export const staff: [Hire, ...Hire[]] = [
  {
    name: 'Marlow',
    role: 'CEO',
    title: 'CEO',
    capabilities: 'Plans, asks the board, splits what it accepts into issues, closes what is done.',
    script: 'ceo.mjs',
  },
  {
    name: 'Ines',
    role: 'ENGINEER',
    title: 'Engineer',
    capabilities: 'Writes small programs in JavaScript, with tests.',
    script: 'engineer.mjs',
  },
  {
    name: 'Tove',
    role: 'GENERAL',
    title: 'Writer',
    capabilities: 'Writes what people read: names, READMEs, changelogs.',
    script: 'writer.mjs',
  },
];

export const goal = {
  title: 'People know what the moon looks like tonight',
  description: 'Without an app, an account or a network: one command and one page.',
};

export const project = {
  name: 'moon',
  description: 'A command that draws the moon in the terminal, with a README, tests and a page. Each issue has a branch and a worktree of its own.',
  color: '#8A7FD6',
};

export const labels = [
  { name: 'engineering', color: '#5B8DB8' },
  { name: 'writing', color: '#B87A5B' },
];

export const rootIssue = {
  title: 'Release moon 1.0',
  description:
    'Make a command that draws the moon as it is tonight, with tests that compare it with the sky, a README that shows what it really prints, ' +
    'and a page with thirty nights.\n\nWrite a plan, ask the board, split what it accepts, hand it out, and close this when version 1.0.0 is tagged.',
};
