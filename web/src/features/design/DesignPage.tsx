import './design.css';
import { createSignal, For, Show, type JSX } from 'solid-js';
import { AgentBadge, agentStateLabel, type AgentState } from '../../ui/AgentBadge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip, LabelChip } from '../../ui/Chip.tsx';
import { Chooser } from '../../ui/Chooser.tsx';
import { DecisionGlyph, type DecisionState } from '../../ui/DecisionGlyph.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Field, Select, Switch, TextArea, TextInput } from '../../ui/Field.tsx';
import { words } from '../../ui/format.ts';
import { GroupHeader } from '../../ui/GroupHeader.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { icons, type IconName } from '../../ui/icons.ts';
import { IssueGlyph, issueLooks } from '../../ui/IssueGlyph.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Person } from '../../ui/Person.tsx';
import { Picker } from '../../ui/Picker.tsx';
import { PriorityGlyph, priorityLabel } from '../../ui/PriorityGlyph.tsx';
import { Meter, Rail } from '../../ui/Rail.tsx';
import { Row } from '../../ui/Row.tsx';
import { RunGlyph, runLooks } from '../../ui/RunGlyph.tsx';
import { Sigil } from '../../ui/Sigil.tsx';
import { Bone } from '../../ui/Skeleton.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Ago, Elapsed } from '../../ui/Time.tsx';
import { toast } from '../../ui/toast.ts';
import { TopBar } from '../../ui/TopBar.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import type { IssueStatus, Priority, RunStatus } from '../../graphql/generated/graphql.ts';

const issueStates = Object.keys(issueLooks) as IssueStatus[];
const runStates = Object.keys(runLooks) as RunStatus[];
const decisionStates: DecisionState[] = ['PENDING', 'ACCEPTED', 'REJECTED', 'REVISION', 'EXPIRED'];
const priorities: Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const agentStates: AgentState[] = ['RUNNING', 'IDLE', 'PAUSED', 'ERROR', 'PENDING_APPROVAL', 'TERMINATED'];
const names = ['Brick', 'Kestrel', 'Orrin', 'Juno', 'Wren', 'Pip', 'Marlow', 'Sable', 'Tally', 'Ferro', 'Quill', 'Ash'];
const tenThousand = Array.from({ length: 10_000 }, (_, at) => at + 1);
const iconNames = Object.keys(icons) as IconName[];

/** The kit, every part in every state: open it after a change and look, in both themes and densities. */
export function DesignPage() {
  return (
    <main class="design">
      <TopBar
        title="Design"
        note="every part in every state"
        actions={
          <>
            <Button kind="ghost" size="small" onClick={() => flip('theme', 'dark', 'light')}>
              Theme
            </Button>
            <Button kind="ghost" size="small" onClick={() => flip('density', 'compact', 'comfortable')}>
              Density
            </Button>
          </>
        }
      />
      <div class="design-grid scroll">
        <Glyphs />
        <Controls />
        <Fields />
        <Rows />
        <Empties />
        <Loading />
        <Errors />
        <Lines />
        <Floating />
        <Choices />
        <Figures />
        <Icons />
      </div>
    </main>
  );
}

function flip(name: 'theme' | 'density', one: string, other: string): void {
  const data = document.documentElement.dataset;
  data[name] = data[name] === one ? other : one;
}

function Key(props: { title: string; children: JSX.Element }) {
  return (
    <>
      <p class="meta t3">{props.title}</p>
      <div class="design-key">{props.children}</div>
    </>
  );
}

function Glyphs() {
  return (
    <Panel title="Glyphs" note="the outline says what it is, the inside says how it is, colour repeats it" class="design-wide">
      <Key title="Issues are round">
        <For each={issueStates}>{(status) => <span class="line"><IssueGlyph status={status} />{issueLooks[status].label}</span>}</For>
      </Key>
      <Key title="Runs are square">
        <For each={runStates}>{(status) => <span class="line"><RunGlyph status={status} />{runLooks[status].label}</span>}</For>
      </Key>
      <Key title="Decisions are diamonds">
        <For each={decisionStates}>{(state) => <span class="line"><DecisionGlyph state={state} />{words(state)}</span>}</For>
      </Key>
      <Key title="Priorities are bars">
        <For each={priorities}>{(priority) => <span class="line"><PriorityGlyph priority={priority} />{priorityLabel(priority)}</span>}</For>
      </Key>
      <Key title="Agents are square sigils with a badge; people are round initials">
        <For each={agentStates}>
          {(state, at) => <span class="line"><Sigil id={`${names[at()]}-${at()}`} name={names[at()] ?? ''} state={state} size={22} />{words(agentStateLabel(state))}</span>}
        </For>
        <span class="line"><Person name="Mira Okafor" size={22} />Person</span>
      </Key>
      <Key title="One bitmap for one id">
        <For each={names}>{(name, at) => <span class="line"><Sigil id={`${name}-${at()}`} name={name} size={28} />{name}</span>}</For>
      </Key>
      <Key title="Badges alone, for counts">
        <For each={agentStates}>{(state) => <span class="line"><AgentBadge state={state} />3</span>}</For>
      </Key>
    </Panel>
  );
}

function Controls() {
  const [tab, setTab] = createSignal<'active' | 'backlog' | 'all'>('active');
  return (
    <Panel title="Controls">
      <div class="line wrap">
        <Button kind="primary" kbd="c">New issue</Button>
        <Button>Plain</Button>
        <Button kind="ghost">Ghost</Button>
        <Button kind="danger" icon="stop">Cancel run</Button>
        <Button kind="danger-solid">Terminate</Button>
        <Button disabled>Disabled</Button>
        <Button kind="primary" pending>Saving</Button>
        <Button size="small">Small</Button>
        <IconButton icon="board" label="Board" kbd="b" pressed />
        <IconButton icon="list" label="List" />
        <Kbd>esc</Kbd>
      </div>
      <div class="line wrap design-gap">
        <Tabs
          label="Issues"
          tabs={[{ value: 'active', label: 'Active', count: 29 }, { value: 'backlog', label: 'Backlog', count: 12 }, { value: 'all', label: 'All' }]}
          value={tab()}
          onValue={setTab}
        />
        <Tabs
          look="underline"
          label="Run"
          tabs={[{ value: 'active', label: 'Transcript' }, { value: 'backlog', label: 'Raw log', count: 1204 }, { value: 'all', label: 'Events' }]}
          value={tab()}
          onValue={setTab}
        />
      </div>
      <div class="line wrap design-gap">
        <Chip>plain</Chip>
        <Chip tone="accent"><RunGlyph status="RUNNING" />live</Chip>
        <Chip tone="ok">done</Chip>
        <Chip tone="warn"><Icon name="warn" />86%</Chip>
        <Chip tone="bad"><RunGlyph status="FAILED" />needs a login</Chip>
        <Chip tone="ask"><DecisionGlyph state="PENDING" />plan</Chip>
        <LabelChip name="reliability" color="var(--sigil-5)" />
      </div>
    </Panel>
  );
}

function Fields() {
  const [on, setOn] = createSignal(true);
  const [choice, setChoice] = createSignal<'claude' | 'process'>('claude');
  return (
    <Panel title="Fields">
      <Field label="Name" help="How people speak of it.">{(ids) => <TextInput {...ids} value="Juno" />}</Field>
      <Field label="Prefix" error="Two to five letters.">{(ids) => <TextInput {...ids} value="H" />}</Field>
      <Field label="Runs on">
        {(ids) => <Select {...ids} value={choice()} onValue={setChoice} choices={[{ value: 'claude', label: 'Claude Code' }, { value: 'process', label: 'Process' }]} />}
      </Field>
      <Field label="What should happen" optional>{(ids) => <TextArea {...ids} placeholder="In the words you would use to a colleague" />}</Field>
      <div class="design-gap"><Switch label="Wake on a timer" checked={on()} onChange={setOn} /></div>
    </Panel>
  );
}

function Rows() {
  return (
    <Panel title="Rows" flush>
      <GroupHeader name="In progress" count={9} sum="$61.12" glyph={<IssueGlyph status="IN_PROGRESS" />} />
      <Row href="#a" selected>
        <PriorityGlyph priority="CRITICAL" /><span class="meta t3 num">HAL-138</span><IssueGlyph status="IN_PROGRESS" /><span class="name cut">Normalise surcharge codes</span>
      </Row>
      <Row href="#b">
        <PriorityGlyph priority="HIGH" /><span class="meta t3 num">HAL-144</span><IssueGlyph status="IN_REVIEW" /><span class="name cut">Find three importers</span>
        <span class="end"><Sigil id="Orrin-2" name="Orrin" state="RUNNING" /></span>
      </Row>
    </Panel>
  );
}

function Empties() {
  return (
    <Panel title="Empty" flush>
      <Empty icon="issues" title="No issues yet" actions={<Button kind="primary">New issue</Button>}>
        An issue is one piece of work with one owner. Good first one: what you would tell a new colleague on day one.
      </Empty>
    </Panel>
  );
}

function Loading() {
  return (
    <Panel title="Loading" note="after 200 ms, same row height" flush>
      <For each={['52%', '38%', '61%', '45%']}>{(width) => <div class="row"><Bone width="14px" /><Bone width="44px" /><Bone width={width} /><Bone width="20px" class="end" /></div>}</For>
    </Panel>
  );
}

function Errors() {
  const failed = { graphQLErrors: [{ message: 'the database did not answer in time', extensions: { code: 'INTERNAL', requestId: '8f2c-41' } }] };
  return (
    <Panel title="Error" flush>
      <ErrorState what="The run list did not load" error={failed} still="Everything else on this page is current." onRetry={() => undefined} />
    </Panel>
  );
}

function Lines() {
  return (
    <Panel title="Lines across a page" flush>
      <Notice icon="lock">Only owners see secret values</Notice>
      <Notice icon="info">Archived company: nothing here can change</Notice>
      <Notice icon="offline" tone="warn" action={<span class="meta t3">retry in 8 s</span>}>Offline since 14:20. Showing what we had.</Notice>
      <Notice icon="warn" tone="bad" action={<Button size="small">Open run</Button>}>Brick failed twice on HAL-136.</Notice>
    </Panel>
  );
}

function Floating() {
  const [open, setOpen] = createSignal(false);
  return (
    <Panel title="Dialog, menu, toasts">
      <div class="line wrap">
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Menu
          label="Menu"
          trigger="Menu"
          triggerClass="button plain"
          groups={[
            [{ label: 'Wake now', icon: 'play', kbd: 'w', onSelect: () => undefined }, { label: 'Pause', icon: 'pause', onSelect: () => undefined }],
            [{ label: 'Terminate', icon: 'close', danger: true, onSelect: () => undefined }],
          ]}
        />
        <Button onClick={() => toast.show({ title: 'HAL-131 is done', detail: 'HAL-142 no longer waits for it.', tone: 'ok', glyph: () => <IssueGlyph status="DONE" /> })}>Toast</Button>
        <Button
          onClick={() =>
            toast.refusal({ issue: 'HAL-138', agent: 'Brick', run: { number: 91, href: '#run' } }, 'In progress for 14 min, run 91 is live.')
          }
        >
          Refusal
        </Button>
      </div>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title="Pause HAL-120 and its 9 issues?"
        size="small"
        description="2 live runs stop after their current step. 3 queued wakes wait. Nothing is lost; resume picks up the same sessions."
        actions={
          <>
            <Button kind="ghost" kbd="esc" onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind="primary" onClick={() => setOpen(false)}>Pause subtree</Button>
          </>
        }
      />
    </Panel>
  );
}

function Choices() {
  const options = names.map((name, at) => ({ value: name, label: name, glyph: () => <Sigil id={`${name}-${at}`} name={name} size={18} /> }));
  const [one, setOne] = createSignal('Brick');
  const [several, setSeveral] = createSignal<string[]>(['Kestrel']);
  const [choosing, setChoosing] = createSignal(false);
  return (
    <Panel title="Choices and lists">
      <div class="line wrap">
        <Picker label="Assignee" options={options} values={[one()]} onPick={setOne} face={one()} />
        <Picker
          label="Reviewers"
          multiple
          options={options}
          values={several()}
          onPick={(value) => setSeveral((before) => (before.includes(value) ? before.filter((each) => each !== value) : [...before, value]))}
          onCreate={(value) => setSeveral((before) => [...before, value])}
          face={several().join(', ') || 'Reviewers'}
        />
        <Button onClick={() => setChoosing(true)}>Chooser</Button>
      </div>
      <Show when={choosing()}>
        <Chooser
          title="Status of HAL-8"
          value="IN_PROGRESS"
          options={issueStates.map((status) => ({
            value: status,
            label: issueLooks[status].label,
            glyph: () => <IssueGlyph status={status} />,
            ...(status === 'BACKLOG' ? { disabled: true, note: 'Started work cannot go back to backlog.' } : {}),
          }))}
          onPick={() => setChoosing(false)}
          onClose={() => setChoosing(false)}
        />
      </Show>
      <div class="design-list design-gap">
        <VirtualList items={tenThousand} key={String} height={() => 28} label="Ten thousand rows">
          {(item) => (
            <a class="line num" href={`#row-${item()}`}>
              row {item()} of ten thousand
            </a>
          )}
        </VirtualList>
      </div>
    </Panel>
  );
}

function Figures() {
  const start = new Date(Date.now() - 848_000).toISOString();
  return (
    <Panel title="Figures">
      <p class="line">Money <Money micros="11460000" /> <Money micros="1200" /> <Money micros={null} /></p>
      <p class="line">Time <Elapsed since={start} class="accent" /> <Ago at={start} class="t3" /></p>
      <p class="line design-gap"><Rail value={69} max={100} tick={0.8} label="Spend" /><span class="num">69%</span></p>
      <p class="line design-gap"><Rail value={86} max={100} tick={0.8} label="Spend" /><span class="num">86%</span></p>
      <p class="design-gap">
        <Meter
          label="Open issues"
          parts={[
            { label: 'in progress', value: 9, color: 'var(--issue-in-progress)' },
            { label: 'in review', value: 6, color: 'var(--issue-in-review)' },
            { label: 'blocked', value: 5, color: 'var(--issue-blocked)' },
            { label: 'todo', value: 9, color: 'var(--line-3)' },
          ]}
        />
      </p>
    </Panel>
  );
}

function Icons() {
  return (
    <Panel title="Icons" class="design-wide">
      <div class="design-key"><For each={iconNames}>{(name) => <span class="line"><Icon name={name} />{name}</span>}</For></div>
    </Panel>
  );
}
