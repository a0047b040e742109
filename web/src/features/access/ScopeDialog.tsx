import { createSignal, Show } from 'solid-js';
import type { AgentAccessFragment, AssignScopeInput } from '../../graphql/generated/graphql.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Switch } from '../../ui/Field.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { ScopeChoicesQuery } from './queries.ts';

type Scope = AgentAccessFragment['grants']['nodes'][number]['scope'];

/** Within what it may reassign: projects, agents, those below it. All that is said must fit. */
export function ScopeDialog(props: { name: string; agentId: string; prefix: string; given: Scope; onClose: () => void; onScope: (scope: AssignScopeInput) => Promise<void> }) {
  const choices = createView({ query: ScopeChoicesQuery, variables: () => ({ prefix: props.prefix }) });
  const [projects, setProjects] = createSignal(props.given?.projects?.map(({ id }) => id) ?? []);
  const [agents, setAgents] = createSignal(props.given?.agents?.map(({ id }) => id) ?? []);
  const [subtree, setSubtree] = createSignal(props.given?.managedSubtree ?? false);
  const [problem, setProblem] = createSignal(false);
  const [pending, setPending] = createSignal(false);
  const toggle = (ids: string[], id: string) => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]);
  const send = async () => {
    if (projects().length === 0 && agents().length === 0 && !subtree()) return setProblem(true);
    setPending(true);
    await props.onScope({ managedSubtree: subtree(), projectIds: projects().length > 0 ? projects() : null, agentIds: agents().length > 0 ? agents() : null });
    return setPending(false);
  };
  const named = (things: readonly { id: string; name: string }[] | undefined, ids: readonly string[]) => (things ?? []).filter(({ id }) => ids.includes(id)).map(({ name }) => name).join(', ');
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`What may ${props.name} reassign?`}
      description="All that is chosen must fit, before and after the change. With agents or reports chosen, never from or to people."
      onSubmit={() => void send()}
      actions={
        <>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={pending()}>
            Allow
          </Button>
        </>
      }
    >
      <div class="scope-fields">
        <div class="field">
          <span class="scope-label">Projects</span>
          <Picker
            label="Projects"
            look="input"
            multiple
            values={projects()}
            onPick={(id) => setProjects((ids) => toggle(ids, id))}
            options={(choices.data?.company?.projects.nodes ?? []).map((each) => ({ value: each.id, label: each.name, glyph: () => <span class="project-mark" style={{ background: each.color }} /> }))}
            face={named(choices.data?.company?.projects.nodes, projects()) || 'Any'}
          />
        </div>
        <div class="field">
          <span class="scope-label">Agents</span>
          <Picker
            label="Agents"
            look="input"
            multiple
            values={agents()}
            onPick={(id) => setAgents((ids) => toggle(ids, id))}
            options={(choices.data?.company?.agents.nodes ?? []).filter((each) => each.id !== props.agentId).map((each) => ({ value: each.id, label: each.name, glyph: () => <Sigil id={each.id} name={each.name} size={18} /> }))}
            face={named(choices.data?.company?.agents.nodes, agents()) || 'Anybody'}
          />
        </div>
        <div class="field">
          <Switch label={`Only ${props.name} and those that report to it`} checked={subtree()} onChange={setSubtree} />
        </div>
        <Show when={problem() && projects().length === 0 && agents().length === 0 && !subtree()}>
          <p class="field-error" role="alert">
            Choose at least one. For any issue at all, switch on “Reassign any issue”.
          </p>
        </Show>
      </div>
    </Dialog>
  );
}
