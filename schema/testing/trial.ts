import { execute, isObjectType, parse } from 'graphql';
import { type Tx, write } from '../../prisma/transaction.ts';
import type { Principal } from '../access/principal.ts';
import { Refusal, type RefusalCode } from '../shared/refusal.ts';
import { type TestBoardroom, testSchema } from './boardroom.ts';

class Undone extends Error {}

/** What came of a mutation: it was done; or why not, where a conflict that is told as data is a CONFLICT too. */
export type Outcome = 'done' | RefusalCode;

/**
 * Tries a mutation and undoes it, with all of its transactions in one that is rolled back: so that one company serves for
 * hundreds of trials. `given` brings the company into a state first, and is undone too.
 */
export async function trial(boardroom: TestBoardroom, by: Principal, mutation: string, input: Record<string, unknown>, given: (tx: Tx) => Promise<unknown> = async () => {}): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const source = `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { result: ${mutation}(input: $input) { __typename } }`;
  const trying = write(boardroom.db, async (tx) => {
    await given(tx);
    const contextValue = { ...boardroom.contextFor(by), write: <T>(command: (tx: Tx, by: Principal) => Promise<T>) => command(tx, by) };
    const { data, errors } = await execute({ schema: testSchema(), document: parse(source), variableValues: { input }, contextValue });
    const cause = errors?.[0]?.originalError;
    if (cause instanceof Refusal) outcome = cause.code;
    else if (errors?.[0]) throw cause ?? errors[0];
    else outcome = isConflict(((data as Record<string, { __typename: string }>)['result'] as { __typename: string }).__typename) ? 'CONFLICT' : 'done';
    throw new Undone();
  });
  await trying.catch((error: unknown) => { if (!(error instanceof Undone)) throw error; });
  if (!outcome) throw new Error('it was not tried');
  return outcome;
}

function isConflict(typename: string): boolean {
  const type = testSchema().getType(typename);
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Conflict');
}
