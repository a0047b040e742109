import './config.css';
import { For, Match, Show, Switch as Choose } from 'solid-js';
import { Field, Select, Switch, TextArea, TextInput } from '../../../ui/Field.tsx';
import { isCommon, type ConfigField } from './fields.ts';

/** The form of an adapter's configuration: what matters first, the rest behind a fold. */
export function ConfigForm(props: {
  fields: readonly ConfigField[];
  texts: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  models: readonly { id: string; label: string }[];
  onText: (name: string, text: string) => void;
}) {
  const rare = () => props.fields.filter((field) => !isCommon(field));
  const rest = (fields: readonly ConfigField[]) => (
    <For each={fields}>
      {(field) => <ConfigControl field={field} text={props.texts[field.name] ?? ''} error={props.errors[field.name]} models={props.models} onText={(text) => props.onText(field.name, text)} />}
    </For>
  );
  return (
    <>
      {rest(props.fields.filter(isCommon))}
      <Show when={rare().length > 0}>
        <details class="config-more" open={rare().some((field) => props.errors[field.name])}>
          <summary>
            More settings <span class="t3">{rare().length}</span>
          </summary>
          {rest(rare())}
        </details>
      </Show>
    </>
  );
}

function ConfigControl(props: {
  field: ConfigField;
  text: string;
  error: string | undefined;
  models: readonly { id: string; label: string }[];
  onText: (text: string) => void;
}) {
  const fallback = () => (props.field.default === undefined || props.field.default === '' || typeof props.field.default === 'object' ? undefined : String(props.field.default));
  const listId = () => `models-${props.field.name}`;
  return (
    <Show
      when={props.field.kind !== 'switch'}
      fallback={
        <div class="field">
          <Switch label={props.field.label} checked={(props.text || String(props.field.default ?? false)) === 'true'} onChange={(on) => props.onText(String(on))} />
          <p class="field-help">{props.field.help}</p>
        </div>
      }
    >
      <Field label={props.field.label} optional={!props.field.required} error={props.error ?? null} help={props.field.help}>
        {(ids) => (
          <Choose fallback={<TextInput {...ids} value={props.text} placeholder={fallback()} onValue={props.onText} spellcheck={false} />}>
            <Match when={props.field.name === 'model' && props.models.length > 0}>
              <TextInput {...ids} value={props.text} list={listId()} placeholder={fallback() ?? 'The program’s own choice'} onValue={props.onText} />
              <datalist id={listId()}>
                <For each={props.models}>{(model) => <option value={model.id}>{model.label}</option>}</For>
              </datalist>
            </Match>
            <Match when={props.field.kind === 'choice'}>
              <Select
                {...ids}
                value={props.text}
                onValue={props.onText}
                choices={[...(fallback() ? [] : [{ value: '', label: 'As the program chooses' }]), ...props.field.choices.map((value) => ({ value, label: value }))]}
              />
            </Match>
            <Match when={props.field.kind === 'number'}>
              <TextInput {...ids} inputmode="numeric" value={props.text} placeholder={fallback()} onValue={props.onText} />
            </Match>
            <Match when={props.field.kind === 'long'}>
              <TextArea {...ids} value={props.text} onValue={props.onText} />
            </Match>
            <Match when={props.field.kind === 'lines'}>
              <TextArea {...ids} class="mono" value={props.text} placeholder="one per line" onValue={props.onText} spellcheck={false} />
            </Match>
            <Match when={props.field.kind === 'pairs'}>
              <TextArea {...ids} class="mono" value={props.text} placeholder="NAME=value, one per line" onValue={props.onText} spellcheck={false} />
            </Match>
            <Match when={props.field.kind === 'json'}>
              <TextArea {...ids} class="mono" value={props.text} placeholder="JSON" onValue={props.onText} spellcheck={false} />
            </Match>
          </Choose>
        )}
      </Field>
    </Show>
  );
}
