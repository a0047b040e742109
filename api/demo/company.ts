import type { CreateAgentInput, CreateCompanyInput, SetBudgetInput, SetPriceInput } from '../cli/generated/graphql.ts';

export const company = {
  name: 'Lamplight',
  description: 'A small company of scripts that makes a small real thing, to show how Boardroom works. No model takes part.',
  brandColor: '#C9A227',
} satisfies CreateCompanyInput;

export interface Hire extends Pick<CreateAgentInput, 'name' | 'role' | 'title' | 'capabilities'> {
  /** The file in api/demo/agents that is its mind. */
  script: string;
  /** Whose work the demo's budget limits. */
  isLimited?: true;
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
    isLimited: true,
  },
  {
    name: 'Tove',
    role: 'GENERAL',
    title: 'Writer',
    capabilities: 'Writes what people read: names, READMEs, changelogs.',
    script: 'writer.mjs',
  },
];

/** Made up: no model takes part. Large, so that what scripts read and write comes to cents. */
export const price = { provider: 'demo', model: 'scripted-*', inputMicros: '25000000', outputMicros: '250000000', effectiveAt: '2025-01-01T00:00:00Z' } satisfies Omit<SetPriceInput, 'companyId'>;

/**
 * Each of the engineer's three issues uses more than a third and less than 60 %: after the second there is the warning, with the third the
 * stop, also where one of them was cut short and is done again.
 */
export const budget = { scope: 'AGENT', metric: 'IMPUTED_COST', window: 'MONTH', amount: '500000', warnPercent: 60 } satisfies Omit<SetBudgetInput, 'subjectId'>;
/** What the demo raises it to, once. */
export const raisedAmount = '2000000';

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
