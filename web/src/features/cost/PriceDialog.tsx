import { createSignal, Show } from 'solid-js';
import { useCompany } from '../../app/company.ts';
import { mutate } from '../../graphql/mutate.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Failure } from '../../ui/failure.ts';
import { Field, Select, TextInput } from '../../ui/Field.tsx';
import { toast } from '../../ui/toast.ts';
import { priceFrom, priceWords } from './price.ts';
import { SetPrice } from './queries.ts';

/** What is known of the price that is to be set. */
export interface Pricing {
  provider?: string;
  model?: string;
  inputMicros?: string;
  cachedInputMicros?: string;
  outputMicros?: string;
  /** Uses that wait for it. */
  uses?: number;
}

type Start = 'all' | 'month' | 'now';
const starts: readonly { value: Start; label: string }[] = [
  { value: 'all', label: 'All uses, past ones too' },
  { value: 'month', label: 'Uses since the first of this month' },
  { value: 'now', label: 'Uses from now on' },
];

/** From when on a price holds: sums of the past are put right within two minutes. */
export function effectiveAt(start: Start, now: number): string {
  if (start === 'all') return '2020-01-01T00:00:00.000Z';
  const date = new Date(now);
  return start === 'now' ? date.toISOString() : new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)).toISOString();
}

/** Gives a model a price, over the list that Boardroom ships. */
export function PriceDialog(props: { of: Pricing; onClose: () => void }) {
  const company = useCompany();
  const given = props.of;
  const text = (micros: string | undefined) => (micros === undefined ? '' : priceWords(micros).replaceAll(/[$,]/g, ''));
  const [provider, setProvider] = createSignal(given.provider ?? '');
  const [model, setModel] = createSignal(given.model ?? '');
  const [input, setInput] = createSignal(text(given.inputMicros));
  const [cached, setCached] = createSignal(text(given.cachedInputMicros));
  const [output, setOutput] = createSignal(text(given.outputMicros));
  const [start, setStart] = createSignal<Start>(given.inputMicros === undefined ? 'all' : 'now');
  const [tried, setTried] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [sending, setSending] = createSignal(false);

  const needed = (value: string) => {
    const price = priceFrom(value);
    return 'problem' in price ? price.problem : price.micros === null ? 'What does it cost? 0 for nothing.' : undefined;
  };
  const problems = () => {
    const cachedPrice = priceFrom(cached());
    return {
      provider: provider().trim() ? undefined : 'Whose model is it?',
      model: model().trim() ? undefined : 'Which model?',
      inputMicros: needed(input()),
      cachedInputMicros: 'problem' in cachedPrice ? cachedPrice.problem : undefined,
      outputMicros: needed(output()),
    };
  };
  const problem = (field: keyof ReturnType<typeof problems>) => (failure()?.field === field ? failure()?.message : tried() ? problems()[field] : undefined) ?? null;
  const elsewhere = () => (failure() && !Object.keys(problems()).includes(failure()?.field ?? '') ? failure()?.message : undefined);
  const micros = (value: string) => {
    const price = priceFrom(value);
    return 'micros' in price ? (price.micros?.toString() ?? null) : null;
  };
  const send = async () => {
    setTried(true);
    setFailure(null);
    const [read, written] = [micros(input()), micros(output())];
    if (sending() || !company.id || read === null || written === null || Object.values(problems()).some(Boolean)) return;
    setSending(true);
    const { data, failure: refused } = await mutate(SetPrice, {
      input: { companyId: company.id, provider: provider(), model: model(), inputMicros: read, cachedInputMicros: micros(cached()), outputMicros: written, effectiveAt: effectiveAt(start(), Date.now()) },
    });
    setSending(false);
    setFailure(refused);
    if (!data) return;
    toast.show({ title: `${data.setPrice.model} has a price`, detail: start() === 'now' ? 'For what it is used for from now on.' : 'Sums of the past are put right within two minutes.', tone: 'ok', icon: 'cost', key: `price:${data.setPrice.id}` });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      size="small"
      title={given.model ? `What does ${given.model} cost?` : 'Set a price'}
      description={given.uses ? `${given.uses} ${given.uses === 1 ? 'use of it is' : 'uses of it are'} unpriced. Until then they are counted, and not in any sum.` : 'It comes before the list that Boardroom ships.'}
      onSubmit={() => void send()}
      actions={
        <>
          <span class="meta bad fill" role="alert">
            {elsewhere()}
          </span>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={sending()}>
            Set price
          </Button>
        </>
      }
    >
      <Show when={!given.model}>
        <div class="price-pair">
          <Field label="Provider" error={problem('provider')}>
            {(ids) => <TextInput {...ids} value={provider()} placeholder="anthropic" spellcheck={false} onValue={setProvider} />}
          </Field>
          <Field label="Model" error={problem('model')} help="A star at the end stands for any rest">
            {(ids) => <TextInput {...ids} value={model()} placeholder="claude-*" spellcheck={false} onValue={setModel} />}
          </Field>
        </div>
      </Show>
      <p class="price-unit meta t3">Dollars per million tokens{given.model ? `, as ${given.provider} bills them` : ''}</p>
      <div class="price-three">
        <Field label="Read" error={problem('inputMicros')}>
          {(ids) => <TextInput {...ids} inputMode="decimal" value={input()} placeholder="3.00" onValue={setInput} />}
        </Field>
        <Field label="From cache" error={problem('cachedInputMicros')} help="as read, when empty">
          {(ids) => <TextInput {...ids} inputMode="decimal" value={cached()} placeholder="0.30" onValue={setCached} />}
        </Field>
        <Field label="Written" error={problem('outputMicros')}>
          {(ids) => <TextInput {...ids} inputMode="decimal" value={output()} placeholder="15.00" onValue={setOutput} />}
        </Field>
      </div>
      <Field label="Holds for">
        {(ids) => <Select {...ids} value={start()} choices={starts} onValue={setStart} />}
      </Field>
    </Dialog>
  );
}
