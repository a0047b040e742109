import './revisions.css';
import { For, Show } from 'solid-js';
import { graphql } from '../../../graphql/generated/gql.ts';
import { createView } from '../../../graphql/view.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { settingWords, valueWords } from './words.ts';

const AgentNamesQuery = graphql(`
  query AgentNames($prefix: String!) {
    company(ref: $prefix) {
      id
      agents(first: 100) { nodes { id name } }
    }
  }
`);

interface Change {
  name: string;
  before?: unknown;
  after?: unknown;
}

const isManager = (name: string): boolean => /(^|\.)managerId$/.test(name);

/** That nothing was there is no text that was taken away. */
const isNothing = (name: string, value: unknown): boolean => !isManager(name) && (value === null || value === undefined || value === '');

/** What was changed, from what to what; managers by their names. */
export function SettingChanges(props: { changes: readonly Change[]; prefix: string; nameOf?: (name: string) => string; sayValue?: (name: string, value: unknown) => string }) {
  // Asked for only where somebody is to be named.
  const names = createView({ query: AgentNamesQuery, variables: () => (props.changes.some(({ name }) => isManager(name)) ? { prefix: props.prefix } : null) });
  const said = (name: string, value: unknown): string => {
    if (!isManager(name)) return props.sayValue?.(name, value) ?? valueWords(value);
    if (value === null || value === undefined) return 'the board';
    return names.data?.company?.agents.nodes.find(({ id }) => id === value)?.name ?? (names.data ? 'an agent' : '…');
  };
  return (
    <dl class="revision-changes">
      <For each={props.changes}>
        {(change) => (
          <div>
            <dt class="meta t2">{(props.nameOf ?? settingWords)(change.name)}</dt>
            <dd>
              <Show when={isNothing(change.name, change.before)} fallback={<del>{said(change.name, change.before)}</del>}>
                <span class="t3">{said(change.name, change.before)}</span>
              </Show> <Icon name="arrow" class="t3" label="became" /> <ins>{said(change.name, change.after)}</ins>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}
