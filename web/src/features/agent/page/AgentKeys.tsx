import { createSignal, Show } from 'solid-js';
import { mutate } from '../../../graphql/mutate.ts';
import { createPages } from '../../../graphql/pages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Field, TextInput } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { MoreList } from '../../../ui/MoreList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Ago } from '../../../ui/Time.tsx';
import { toast } from '../../../ui/toast.ts';
import { AgentKeysQuery, CreateAgentKey, RevokeAgentKey } from './queries.ts';

/** Long-lived keys with which something outside acts as this agent. A secret is shown once. */
export function AgentKeys(props: { agentId: string; name: string; disabled: boolean }) {
  const pages = createPages({
    query: AgentKeysQuery,
    variables: () => ({ id: props.agentId, first: 25 }),
    connection: (data) => data.agent?.keys,
    concerns: (event) => event.kind.startsWith('agentKey.'),
  });
  const [creating, setCreating] = createSignal(false);
  const [revoking, setRevoking] = createSignal<{ id: string; name: string; hint: string }>();
  const [pending, setPending] = createSignal(false);

  const revoke = async (key: { id: string; name: string }) => {
    setPending(true);
    const { failure } = await mutate(RevokeAgentKey, { input: { agentKeyId: key.id } });
    setPending(false);
    setRevoking(undefined);
    if (failure) toast.error(`${key.name} was not revoked`, failure.message);
    else toast.show({ title: `${key.name} is revoked`, detail: 'Whoever used it is refused from now on.', icon: 'key', tone: 'ok' });
  };

  return (
    <>
      <Notice
        icon="key"
        action={
          <Button size="small" icon="plus" disabled={props.disabled} onClick={() => setCreating(true)}>
            New key
          </Button>
        }
      >
        With a key, a program outside of runs acts as {props.name}. Runs get a token of their own and need none.
      </Notice>
      <MoreList
        what="The keys"
        pages={pages}
        empty={
          <Empty icon="key" title="No keys">
            Make one to let something else, say a script of yours, speak as {props.name}.
          </Empty>
        }
      >
        {(key) => (
          <div class="row agent-key" classList={{ revoked: Boolean(key.revokedAt) }}>
            <Icon name="key" class="t3" />
            <span class="name cut">{key.name}</span>
            <span class="mono t3">…{key.hint}</span>
            <span class="fill" />
            <span class="meta t3">
              <Show when={key.revokedAt} fallback={<Show when={key.lastUsedAt} fallback="never used">{(at) => <>used <Ago at={at()} /> ago</>}</Show>}>
                {(at) => <>revoked <Ago at={at()} /> ago</>}
              </Show>
            </span>
            <span class="meta t3 agent-run-ago">
              <Ago at={key.createdAt} />
            </span>
            <Button size="small" kind="danger" disabled={props.disabled || Boolean(key.revokedAt)} onClick={() => setRevoking(key)}>
              Revoke
            </Button>
          </div>
        )}
      </MoreList>
      <Show when={creating()}>
        <NewKey agentId={props.agentId} name={props.name} onClose={() => setCreating(false)} onMade={pages.refetch} />
      </Show>
      <Show when={revoking()}>
        {(key) => (
          <Dialog
            open
            onClose={() => setRevoking(undefined)}
            size="small"
            title={`Revoke ${key().name}?`}
            actions={
              <>
                <Button kind="ghost" kbd="esc" onClick={() => setRevoking(undefined)}>
                  Keep it
                </Button>
                <Button kind="danger-solid" pending={pending()} onClick={() => void revoke(key())}>
                  Revoke key
                </Button>
              </>
            }
          >
            <p class="t2">Whatever uses the key that ends in {key().hint} is refused at once. This cannot be taken back.</p>
          </Dialog>
        )}
      </Show>
    </>
  );
}

function NewKey(props: { agentId: string; name: string; onClose: () => void; onMade: () => void }) {
  const [name, setName] = createSignal('');
  const [secret, setSecret] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [copied, setCopied] = createSignal(false);
  const make = async () => {
    if (name().trim() === '') return setProblem('A key needs a name: what will use it?');
    setPending(true);
    const outcome = await mutate(CreateAgentKey, { input: { agentId: props.agentId, name: name() } });
    setPending(false);
    if (outcome.failure) return setProblem(outcome.failure.message);
    setSecret(outcome.data.createAgentKey.secret);
    props.onMade();
    return undefined;
  };
  const copy = async () => {
    await navigator.clipboard.writeText(secret() ?? '');
    setCopied(true);
  };
  return (
    <Show
      when={secret()}
      fallback={
        <Dialog
          open
          onClose={props.onClose}
          size="small"
          title={`New key for ${props.name}`}
          onSubmit={() => void make()}
          actions={
            <>
              <Button kind="ghost" kbd="esc" onClick={props.onClose}>
                Cancel
              </Button>
              <Button kind="primary" type="submit" pending={pending()}>
                Make key
              </Button>
            </>
          }
        >
          <Field label="Name" help="What will use it, so that you know later." error={problem() ?? null}>
            {(ids) => (
              <TextInput
                {...ids}
                value={name()}
                maxLength={120}
                placeholder="deploy script"
                onValue={(value) => {
                  setName(value);
                  setProblem(undefined);
                }}
              />
            )}
          </Field>
        </Dialog>
      }
    >
      <Dialog
        open
        onClose={props.onClose}
        title={`${name()} is made`}
        description="Copy it now: only a hash is kept, it is never shown again."
        actions={
          <>
            <Button kind={copied() ? 'plain' : 'primary'} icon={copied() ? 'tick' : 'copy'} onClick={() => void copy()}>
              {copied() ? 'Copied' : 'Copy key'}
            </Button>
            <Button kind={copied() ? 'primary' : 'ghost'} onClick={props.onClose}>
              Done
            </Button>
          </>
        }
      >
        <code class="agent-secret">{secret()}</code>
      </Dialog>
    </Show>
  );
}
