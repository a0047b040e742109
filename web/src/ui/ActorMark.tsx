import './mark.css';
import { Match, Switch } from 'solid-js';
import { Icon } from './Icon.tsx';
import { Person } from './Person.tsx';
import { Sigil } from './Sigil.tsx';
import type { AgentStatus } from '../graphql/generated/graphql.ts';

/** What a query of an Actor must select: `__typename ... on User { id name } ... on Agent { id name status } ... on System { name }`. */
export type ActorLike =
  | { __typename?: 'User'; id?: string; name: string }
  | { __typename?: 'Agent'; id: string; name: string; status?: AgentStatus }
  | { __typename?: 'System'; name: string };

/** Whoever did it: person, agent or the system, each in its own outline. Null is drawn as nobody. */
export function ActorMark(props: { actor: ActorLike | null | undefined; size?: number; state?: boolean }) {
  const agent = () => (props.actor?.__typename === 'Agent' ? props.actor : undefined);
  const user = () => (props.actor?.__typename === 'User' ? props.actor : undefined);
  return (
    <Switch fallback={<span class="nobody" role="img" aria-label="Nobody" style={{ '--mark': `${props.size ?? 20}px` }} />}>
      <Match when={agent()}>{(it) => <Sigil id={it().id} name={it().name} size={props.size} state={props.state === false ? undefined : it().status} />}</Match>
      <Match when={user()}>{(it) => <Person name={it().name} size={props.size} />}</Match>
      <Match when={props.actor?.__typename === 'System'}>
        <span class="system-mark" style={{ '--mark': `${props.size ?? 20}px` }}>
          <Icon name="clock" label={props.actor?.name} />
        </span>
      </Match>
    </Switch>
  );
}
