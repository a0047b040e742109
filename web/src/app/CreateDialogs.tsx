import { ErrorBoundary, lazy, Match, Suspense, Switch } from 'solid-js';
import { explain } from '../ui/failure.ts';
import { toast } from '../ui/toast.ts';
import { closeCreate, creating, type Creating } from './create.ts';

const CreateIssueDialog = lazy(async () => ({ default: (await import('../features/issue/create/CreateIssueDialog.tsx')).CreateIssueDialog }));
const CreateAgentDialog = lazy(async () => ({ default: (await import('../features/agent/create/CreateAgentDialog.tsx')).CreateAgentDialog }));
const CreateProjectDialog = lazy(async () => ({ default: (await import('../features/project/create/CreateProjectDialog.tsx')).CreateProjectDialog }));
const CreateCompanyDialog = lazy(async () => ({ default: (await import('../features/company/create/CreateCompanyDialog.tsx')).CreateCompanyDialog }));

/** Draws the create dialog that some page opened. */
export function CreateDialogs() {
  const wanted = <K extends Creating['kind']>(kind: K) => {
    const now = creating();
    return now?.kind === kind ? (now as Extract<Creating, { kind: K }>) : undefined;
  };
  /** A dialog whose code did not arrive takes nothing with it. */
  const failed = (error: unknown, reset: () => void) => {
    toast.error('The form did not open', explain(error).message);
    closeCreate();
    queueMicrotask(reset);
    return null;
  };
  return (
    <ErrorBoundary fallback={failed}>
      <Suspense>
        <Switch>
          <Match when={wanted('issue')}>{(given) => <CreateIssueDialog given={given()} onClose={closeCreate} />}</Match>
          <Match when={wanted('agent')}>{(given) => <CreateAgentDialog given={given()} onClose={closeCreate} />}</Match>
          <Match when={wanted('project')}>
            <CreateProjectDialog onClose={closeCreate} />
          </Match>
          <Match when={wanted('company')}>
            <CreateCompanyDialog onClose={closeCreate} />
          </Match>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}
