import { createSignal, For, Show } from 'solid-js';
import type { BreakerRulesFragment } from '../../graphql/generated/graphql.ts';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { changesOf, limitNames, limitText, textsOf, type Limit } from './limits.ts';
import { SetBreakers } from './queries.ts';

/** The limits of one level. An empty field is as the level above says, and shows what that is. */
export function BreakerForm(props: {
  settings: BreakerRulesFragment;
  /** What holds where a field is empty; Boardroom's own for a company. */
  above: BreakerRulesFragment['effective'];
  aboveName: string;
  of: { agentId: string } | { companyId: string };
  disabled: boolean;
  onSaved: () => void;
}) {
  const [before, setBefore] = createSignal(textsOf(props.settings.own));
  const [texts, setTexts] = createSignal(before());
  const [problems, setProblems] = createSignal<Partial<Record<Limit, string>>>({});
  const [problem, setProblem] = createSignal<string>();
  const [pending, setPending] = createSignal(false);
  const changed = () => limitNames.some(({ name }) => texts()[name] !== before()[name]);
  const save = async () => {
    const found = changesOf(texts(), before());
    if ('problems' in found) return setProblems(found.problems);
    setPending(true);
    const { data, failure } = await mutate(SetBreakers, { input: { ...props.of, ...found.input } });
    setPending(false);
    if (failure) return setProblem(failure.message);
    const saved = textsOf(data.setBreakers.own);
    setBefore(saved);
    setTexts(saved);
    setProblem(undefined);
    toast.show({ title: 'Limits are saved', detail: 'They hold from the next run on.', tone: 'ok', icon: 'tick' });
    return props.onSaved();
  };
  return (
    <form
      class="breaker-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="breaker-fields">
        <For each={limitNames}>
          {({ name, label, help }) => (
            <Field
              label={label}
              error={problems()[name] ?? null}
              help={texts()[name] === '' ? `${help} ${props.aboveName}: ${limitText(name, props.above[name])}.` : help}
            >
              {(ids) => (
                <TextInput
                  {...ids}
                  inputmode="numeric"
                  value={texts()[name]}
                  placeholder={limitText(name, props.above[name])}
                  disabled={props.disabled}
                  onValue={(value) => {
                    setTexts((all) => ({ ...all, [name]: value }));
                    setProblems((all) => ({ ...all, [name]: undefined }));
                  }}
                />
              )}
            </Field>
          )}
        </For>
      </div>
      <p class="breaker-save">
        <Button type="submit" kind="primary" size="small" pending={pending()} disabled={props.disabled || !changed()}>
          Save limits
        </Button>
        <Show when={changed()}>
          <Button
            kind="ghost"
            size="small"
            onClick={() => {
              setTexts(before());
              setProblems({});
              setProblem(undefined);
            }}
          >
            Discard
          </Button>
        </Show>
        <Show when={problem()} fallback={<span class="meta t3">0 switches a limit off.</span>}>
          <span class="meta bad" role="alert">
            {problem()}
          </span>
        </Show>
      </p>
    </form>
  );
}
