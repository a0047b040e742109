import { createSignal } from 'solid-js';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import './notification.css';

/** A signing key, this once. */
export function KeyDialog(props: { name: string; signingKey: string; onClose: () => void }) {
  const [copied, setCopied] = createSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.signingKey);
    setCopied(true);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`The signing key of ${props.name}`}
      description="Copy it now: it is shown this once. With it the receiver checks the Boardroom-Signature of each message."
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
      <code class="signing-key">{props.signingKey}</code>
    </Dialog>
  );
}
