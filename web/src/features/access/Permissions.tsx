import './access.css';
import { createSignal, For, Match, Show, Switch as Cases } from 'solid-js';
import type { AgentAccessFragment, AgentPermission, AssignScopeInput } from '../../graphql/generated/graphql.ts';
import { about } from '../../graphql/live.ts';
import { mutate } from '../../graphql/mutate.ts';
import { createView } from '../../graphql/view.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Switch } from '../../ui/Field.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { toast } from '../../ui/toast.ts';
import { Ago } from '../../ui/Time.tsx';
import { AgentAccessQuery, SetGrant } from './queries.ts';
import { ScopeDialog } from './ScopeDialog.tsx';
import { byRole, permissionNames, scopeWords } from './words.ts';

/** What an agent may beyond what all may. Each switch holds for what the agent asks next. */
export function Permissions(props: { agentId: string; prefix: string; disabled: boolean }) {
  const view = createView({ query: AgentAccessQuery, variables: () => ({ id: props.agentId }), concerns: about('agentGrant', 'agent') });
  return (
    <Cases fallback={<SkeletonRows rows={5} />}>
      <Match when={view.data?.agent}>{(agent) => <Grants agent={agent()} prefix={props.prefix} disabled={props.disabled} />}</Match>
      <Match when={view.error}>
        <ErrorState what="The permissions did not load" error={view.error} onRetry={view.refetch} />
      </Match>
    </Cases>
  );
}

function Grants(props: { agent: AgentAccessFragment; prefix: string; disabled: boolean }) {
  const [scoping, setScoping] = createSignal(false);
  const [sending, setSending] = createSignal<AgentPermission>();
  const grantOf = (permission: AgentPermission) => props.agent.grants.nodes.find((grant) => grant.permission === permission);
  const set = async (permission: AgentPermission, granted: boolean, scope?: AssignScopeInput) => {
    setSending(permission);
    const { failure } = await mutate(SetGrant, { input: { agentId: props.agent.id, permission, granted, ...(scope ? { scope } : {}) } });
    setSending(undefined);
    if (failure) toast.error('The permission was not changed', failure.message);
    return !failure;
  };
  const turn = (permission: AgentPermission, granted: boolean, box: HTMLElement | undefined) => {
    if (permission !== 'TASKS_ASSIGN_SCOPE' || !granted) return set(permission, granted);
    // Nothing is given before its scope is said: the switch goes back until then.
    const input = box?.querySelector('input');
    if (input) input.checked = false;
    return setScoping(true);
  };
  return (
    <div class="permissions">
      <p class="meta t3">
        Every agent works on its own issues, files new ones, and asks for the rest. What stands here is more than that, and only the board gives it.
      </p>
      <ul>
        <For each={permissionNames}>
          {({ permission, name, help }) => {
            let box: HTMLLIElement | undefined;
            const grant = () => grantOf(permission);
            const role = () => byRole(props.agent, permission);
            return (
              <li ref={box} class="permission">
                <Switch
                  label={name}
                  checked={props.agent.permissions.includes(permission)}
                  disabled={props.disabled || role() || sending() === permission}
                  onChange={(granted) => turn(permission, granted, box)}
                />
                <p class="meta t3">
                  {role() ? `${help} Comes with its role.` : help}
                  <Show when={grant()}>
                    {(given) => (
                      <span>
                        {' '}
                        Given by {given().grantedBy.name}, <Ago at={given().createdAt} />.
                      </span>
                    )}
                  </Show>
                </p>
                <Show when={permission === 'TASKS_ASSIGN_SCOPE' && grant()}>
                  {(given) => (
                    <p class="permission-scope">
                      <span>{scopeWords(given().scope)}</span>
                      <Button size="small" disabled={props.disabled} onClick={() => setScoping(true)}>
                        Change scope
                      </Button>
                    </p>
                  )}
                </Show>
              </li>
            );
          }}
        </For>
      </ul>
      <Show when={scoping()}>
        <ScopeDialog
          name={props.agent.name}
          agentId={props.agent.id}
          prefix={props.prefix}
          given={grantOf('TASKS_ASSIGN_SCOPE')?.scope ?? null}
          onClose={() => setScoping(false)}
          onScope={async (scope) => {
            if (await set('TASKS_ASSIGN_SCOPE', true, scope)) setScoping(false);
          }}
        />
      </Show>
    </div>
  );
}
