import type { Creating } from '../../../app/create.ts';
import { paths, useCompany } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Sigil } from '../../../ui/Sigil.tsx';
import { toast } from '../../../ui/toast.ts';
import { AgentFormFields } from './AgentFormFields.tsx';
import { createAgentForm } from './agent-form.ts';

export function CreateAgentDialog(props: { given: Extract<Creating, { kind: 'agent' }>; onClose: () => void }) {
  const company = useCompany();
  const form = createAgentForm({ prefix: () => company.prefix, given: props.given.managerId ? { managerId: props.given.managerId } : {} });
  const send = async () => {
    const agent = await form.send();
    if (!agent) return;
    toast.show({
      title: `${agent.name} is hired`,
      detail: 'It wakes when work is given to it.',
      glyph: () => <Sigil id={agent.id} name={agent.name} size={16} />,
      actions: [{ label: 'Open', href: paths.agent(company.prefix, agent.id) }],
    });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Hire an agent"
      onSubmit={() => void send()}
      actions={
        <>
          <span class="meta bad fill" role="alert">
            {form.failure()?.message}
          </span>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={form.sending()}>
            Hire {form.fields.name.trim() || 'agent'}
          </Button>
        </>
      }
    >
      <AgentFormFields form={form} />
    </Dialog>
  );
}
