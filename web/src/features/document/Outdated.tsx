import '../run/transcript/transcript.css';
import { Show } from 'solid-js';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Ago } from '../../ui/Time.tsx';
import { DiffView } from '../run/transcript/DiffView.tsx';
import type { Newer } from './actions.ts';

/** Somebody wrote while one was writing: who, what they changed, and the two ways on. Nothing is lost before one has chosen. */
export function Outdated(props: { before: string; newer: Newer; onMine: () => void; onTheirs: () => void }) {
  return (
    <section class="document-outdated" role="alert" aria-label="Written meanwhile">
      <p>
        <Icon name="warn" /> <b>Not saved: {props.newer.author.name} wrote revision {props.newer.number} meanwhile</b>, <Ago at={props.newer.createdAt} />.
        <Show when={props.newer.changeSummary}>{(summary) => <span class="t2"> “{summary()}”</span>}</Show> Your text is kept below. What they changed:
      </p>
      <div class="document-diff">
        <DiffView before={props.before} after={props.newer.body} />
      </div>
      <div class="document-ways">
        <Button size="small" onClick={() => props.onMine()}>
          Go on with mine
        </Button>
        <Button size="small" kind="ghost" onClick={() => props.onTheirs()}>
          Take theirs
        </Button>
        <span class="meta t3">Saved after that, yours is the next revision; theirs stays among the revisions.</span>
      </div>
    </section>
  );
}
