import { Button, ButtonLink } from '../../ui/Button.tsx';
import { paths } from '../../app/company.ts';
import { AgentFormFields } from '../agent/create/AgentFormFields.tsx';
import { createAgentForm } from '../agent/create/agent-form.ts';

export function FirstAgentStep(props: { prefix: string; onDone: () => void }) {
  const form = createAgentForm({ prefix: () => props.prefix, given: { name: 'Juno', role: 'CEO' } });
  const send = async () => {
    if (await form.send()) props.onDone();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h1>Hire your chief executive</h1>
      <p class="t2 welcome-lead">It reads the mission, takes the first issue, and asks you to approve its strategy before it sets work in motion. You can change everything later.</p>
      <AgentFormFields form={form} first />
      <div class="line welcome-verbs">
        <Button kind="primary" type="submit" pending={form.sending()}>
          Hire {form.fields.name.trim() || 'agent'}
        </Button>
        <ButtonLink kind="ghost" href={paths.company(props.prefix)}>
          Later
        </ButtonLink>
        <span class="meta bad" role="alert">
          {form.failure()?.message}
        </span>
      </div>
    </form>
  );
}
