import { ask } from '../ask.ts';
import { defineCommand } from '../command.ts';
import { ApiError, exitCodes } from '../failure.ts';
import { graphql } from '../generated/gql.ts';
import { columns, dim, dollars, plain } from '../print.ts';
import { companyId } from '../refs.ts';

graphql(`
  fragment CheckedCosts on CostCheck {
    sumCount foldedCount unfoldedCount wrongCount days repaired
    discrepancies { dimension grain key startsAt held { costMicros imputedMicros eventCount } right { costMicros imputedMicros eventCount } }
  }
`);
const CostCheckQuery = graphql(`
  query CostCheck($company: String!) {
    company(ref: $company) { costCheck { ...CheckedCosts } }
  }
`);
const RepairCostsMutation = graphql(`
  mutation RepairCosts($input: RepairCostsInput!) {
    repairCosts(input: $input) { ...CheckedCosts }
  }
`);

export const command = defineCommand({
  usage: 'cost check [--repair]',
  about: 'Adds up all costs anew and compares them with the stored sums. Ends with 1 where some are wrong and were not repaired.',
  args: 0,
  flags: { repair: { type: 'boolean', about: 'put right what is wrong' } },
  async run({ settings, flags, show }) {
    const id = await companyId(settings);
    const check = flags.repair ? (await ask(settings, RepairCostsMutation, { input: { companyId: id } })).repairCosts : (await ask(settings, CostCheckQuery, { company: id })).company?.costCheck;
    if (!check) throw new ApiError('FORBIDDEN', 'only the board may check sums of costs');
    show(check, () => {
      const events = dim(`${check.sumCount} sums of ${check.foldedCount} events; ${check.unfoldedCount} wait to be added`);
      if (check.wrongCount === 0) return `all right ${events}`;
      const told = check.repaired ? 'wrong, and put right' : flags.repair ? 'wrong; the job was just changing sums, ask again' : 'wrong';
      return `${check.wrongCount} ${told} ${events}\n${columns(check.discrepancies.map(({ dimension, grain, key, startsAt, held, right }) => [dimension, grain, startsAt, plain(key.replaceAll('\n', ' ')), `${sum(held)} instead of ${sum(right)}`]))}`;
    });
    return check.wrongCount > 0 && !check.repaired ? exitCodes.failed : exitCodes.done;
  },
});

function sum(held: { costMicros: string; eventCount: number } | null): string {
  return held === null ? 'nothing' : `${dollars(held.costMicros)} in ${held.eventCount}`;
}
