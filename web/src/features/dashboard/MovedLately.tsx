import { For, Show } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import { about } from '../../graphql/live.ts';
import { createView } from '../../graphql/view.ts';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Section } from '../../ui/Panel.tsx';
import { Ago } from '../../ui/Time.tsx';
import { nextTone } from '../issue/next-tone.ts';
import { MovedQuery } from './queries.ts';

export function MovedLately() {
  const company = useCompany();
  const moved = createView({ query: MovedQuery, variables: () => ({ prefix: company.prefix }), concerns: about('issue', 'run') });
  const issues = () => moved.data?.company?.issues.nodes ?? [];
  return (
    <Show when={issues().length > 0}>
      <Section
        title="Moved lately"
        action={
          <a class="link meta" href={paths.issues(company.prefix)}>
            All issues
          </a>
        }
      >
        <For each={issues()}>
          {(issue) => (
            <a class="moved" href={paths.issue(issue.identifier)}>
              <IssueGlyph status={issue.status} />
              <span class="moved-id num">{issue.identifier}</span>
              <span class="cut moved-title">{issue.title}</span>
              <span class="moved-next cut wide-only" data-tone={nextTone(issue)}>
                {issue.nextStep.text}
              </span>
              <Ago at={issue.updatedAt} class="moved-when" />
            </a>
          )}
        </For>
      </Section>
    </Show>
  );
}
