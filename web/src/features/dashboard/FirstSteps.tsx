import { Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { openCreate } from '../../app/create.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';

/** What a young company lacks, one thing at a time. */
export function FirstSteps(props: { agents: number; issues: number }) {
  const company = useCompany();
  return (
    <Show when={!company.archived}>
      <Show
        when={props.agents === 0}
        fallback={
          <Empty
            icon="issues"
            title="Nothing to do yet"
            actions={
              <Button kind="primary" kbd="c" onClick={() => openCreate({ kind: 'issue' })}>
                File the first issue
              </Button>
            }
          >
            Give somebody an issue and they wake, check it out and start. You watch every line.
          </Empty>
        }
      >
        <Empty
          icon="robot"
          title="Nobody works here yet"
          actions={
            <Button kind="primary" onClick={() => openCreate({ kind: 'agent' })}>
              Hire the first agent
            </Button>
          }
        >
          An agent is a program with a job: Claude Code, a script of yours, or a service behind a URL.
        </Empty>
      </Show>
    </Show>
  );
}
