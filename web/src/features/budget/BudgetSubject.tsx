import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { paths, useCompany } from '../../app/company.ts';
import type { BudgetSubjectNameFragment } from '../../graphql/generated/graphql.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IssueGlyph } from '../../ui/IssueGlyph.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { subjectName } from './words.ts';

type Subject = BudgetSubjectNameFragment;

export function SubjectGlyph(props: { subject: Subject | null | undefined }) {
  const as = <Name extends Subject['__typename']>(name: Name) => (props.subject?.__typename === name ? (props.subject as Extract<Subject, { __typename: Name }>) : undefined);
  return (
    <Switch fallback={<Icon name="company" class="t3" />}>
      <Match when={as('Agent')}>{(agent) => <Sigil id={agent().id} name={agent().name} state={agent().agentStatus} size={18} />}</Match>
      <Match when={as('Project')}>{(project) => <span class="budget-glyph"><span class="project-mark" style={{ background: project().color }} /></span>}</Match>
      <Match when={as('Goal')}>
        <Icon name="goal" class="t3" />
      </Match>
      <Match when={as('Issue')}>{(issue) => <IssueGlyph status={issue().issueStatus} />}</Match>
    </Switch>
  );
}

/** Where the part of the company that a budget is for is shown; there is no page of a goal yet. */
function hrefOf(subject: Subject, prefix: string): string | null {
  switch (subject.__typename) {
    case 'Agent':
      return paths.agent(prefix, subject.id);
    case 'Project':
      return paths.project(prefix, subject.id);
    case 'Issue':
      return paths.issue(subject.identifier);
    default:
      return null;
  }
}

/** What a budget is for, with its face, leading there. */
export function BudgetSubject(props: { subject: Subject | null | undefined }) {
  const company = useCompany();
  const href = () => props.subject && hrefOf(props.subject, company.prefix);
  return (
    <span class="budget-subject">
      <SubjectGlyph subject={props.subject} />
      <Show when={href()} fallback={<span class="name cut">{subjectName(props.subject)}</span>}>
        {(to) => (
          <A class="name cut" href={to()} title={subjectName(props.subject)}>
            {subjectName(props.subject)}
          </A>
        )}
      </Show>
    </span>
  );
}
