import { paths } from '../../app/company.ts';
import type { BudgetStopsQuery } from '../../graphql/generated/graphql.ts';
import { sentence } from '../../ui/failure.ts';
import type { IconName } from '../../ui/icons.ts';
import { subjectName } from './words.ts';

export interface StopNeed {
  key: string;
  glyph: { icon: IconName };
  title: string;
  id: string | null;
  why: string;
  verb: string;
  href: string;
}

/** The stops that nobody has decided about, as the dashboard lists what waits for a person. */
export function stopNeeds(company: BudgetStopsQuery['company'] | undefined, prefix: string): StopNeed[] {
  return (company?.budgets.nodes ?? []).flatMap(({ subject, stop }) => {
    const incident = stop?.incident;
    if (!stop || incident?.status !== 'OPEN') return [];
    const name = subject?.__typename === 'Issue' ? subject.title : subjectName(subject);
    return [
      {
        // The approval that asks about it is the same matter.
        key: incident.approval?.id ?? incident.id,
        glyph: { icon: 'pause' as const },
        title: `${name}: budget used up`,
        id: subject?.__typename === 'Issue' ? subject.identifier : null,
        why: sentence(stop.message),
        verb: 'Decide',
        href: paths.budgets(prefix),
      },
    ];
  });
}
