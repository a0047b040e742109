import { useNavigate } from '@solidjs/router';
import { paths } from '../../../app/company.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { CompanyFormFields } from './CompanyFormFields.tsx';
import { createCompanyForm } from './company-form.ts';

export function CreateCompanyDialog(props: { onClose: () => void }) {
  const navigate = useNavigate();
  const form = createCompanyForm();
  const send = async () => {
    const company = await form.send();
    if (!company) return;
    props.onClose();
    navigate(paths.company(company.prefix));
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="New company"
      size="small"
      onSubmit={() => void send()}
      actions={
        <>
          <span class="meta bad fill" role="alert">
            {form.failure()?.field ? '' : form.failure()?.message}
          </span>
          <Button kind="ghost" kbd="esc" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" type="submit" pending={form.sending()}>
            Found company
          </Button>
        </>
      }
    >
      <CompanyFormFields form={form} />
    </Dialog>
  );
}
