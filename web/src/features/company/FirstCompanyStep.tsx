import { Button } from '../../ui/Button.tsx';
import { CompanyFormFields } from './create/CompanyFormFields.tsx';
import { createCompanyForm } from './create/company-form.ts';

export function FirstCompanyStep(props: { onDone: (prefix: string) => void }) {
  const form = createCompanyForm();
  const send = async () => {
    const company = await form.send();
    if (company) props.onDone(company.prefix);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h1>Found a company</h1>
      <p class="t2 welcome-lead">Its employees are agents; you are the board. Nothing runs until you hire somebody and give them something to do.</p>
      <CompanyFormFields form={form} />
      <div class="line welcome-verbs">
        <Button kind="primary" type="submit" pending={form.sending()}>
          Found company
        </Button>
        <span class="meta bad" role="alert">
          {form.failure()?.field ? '' : form.failure()?.message}
        </span>
      </div>
    </form>
  );
}
