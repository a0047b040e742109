import { Field, TextArea, TextInput } from '../../../ui/Field.tsx';
import type { CompanyForm } from './company-form.ts';

export function CompanyFormFields(props: { form: CompanyForm }) {
  return (
    <>
      <Field label="Name" error={props.form.errorOf('name')}>
        {(ids) => <TextInput {...ids} autofocus value={props.form.name()} maxLength={120} placeholder="Halyard Freight" onValue={props.form.setName} />}
      </Field>
      <Field label="Mission" optional help="Every agent reads it. One or two sentences do." error={props.form.errorOf('description')}>
        {(ids) => <TextArea {...ids} value={props.form.mission()} placeholder="Honest freight prices for small importers." onValue={props.form.setMission} />}
      </Field>
      <Field label="Prefix" help={`Issues will be called ${props.form.prefix() || 'ABC'}-1, ${props.form.prefix() || 'ABC'}-2. It cannot change later.`} error={props.form.errorOf('prefix')}>
        {(ids) => <TextInput {...ids} value={props.form.prefix()} maxLength={10} class="company-prefix" spellcheck={false} onValue={props.form.setPrefix} />}
      </Field>
    </>
  );
}
