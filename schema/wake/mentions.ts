/** An agent that a text names so that it is woken: `[@Ines](agent:0190…)`. Plain names are only words. */
export interface Mention { agentId: string; name: string }

const MENTIONS_MAX = 10;
const MENTION = /\[@([^\]\n]{1,200})\]\(agent:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\)/g;
/** What is quoted as code wakes nobody: fences to their end or the end of the text, and code in a line. */
const CODE = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[`~]*[ \t]*$|(?![\s\S]))|(`+)(?!`)[^\n]*?[^`\n]\2(?!`)/gm;

/** The agents that a text names, each once, in order, at most ten. */
export function mentionsIn(text: string): Mention[] {
  if (!text.includes('](agent:')) return [];
  const found = new Map<string, Mention>();
  for (const [, name, id] of text.replace(CODE, ' ').matchAll(MENTION)) {
    const agentId = (id as string).toLowerCase();
    if (!found.has(agentId)) found.set(agentId, { agentId, name: (name as string).trim() });
  }
  return [...found.values()].slice(0, MENTIONS_MAX);
}

/** How an agent is named so that it is woken. */
export function mentionOf({ agentId, name }: Mention): string {
  return `[@${name.replace(/[[\]\n]/g, ' ').trim()}](agent:${agentId})`;
}
