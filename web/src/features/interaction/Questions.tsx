import { createUniqueId, For, Show } from 'solid-js';
import { TextArea } from '../../ui/Field.tsx';
import type { Asked, Reply } from './reply.ts';
import { Tick } from './Tick.tsx';

type Answers = Reply['answers'];

/** Each question with its options, one or several of which are taken, and room for own words where these are taken too. */
export function Questions(props: { questions: Asked['questions']; answers: Answers; onChange: (answers: Answers) => void }) {
  const group = createUniqueId();
  const answerTo = (key: string) => props.answers[key] ?? { options: [], text: '' };
  const set = (key: string, part: Partial<Answers[string]>) => props.onChange({ ...props.answers, [key]: { ...answerTo(key), ...part } });
  const pick = (question: Asked['questions'][number], key: string) => {
    const { options } = answerTo(question.key);
    const isChosen = options.includes(key);
    set(question.key, { options: question.multiple ? (isChosen ? options.filter((each) => each !== key) : [...options, key]) : [key] });
  };
  return (
    <For each={props.questions}>
      {(question) => (
        <fieldset class="ticks question">
          <legend>
            {question.prompt}
            <Show when={question.optional}>
              <span class="meta t3"> optional</span>
            </Show>
          </legend>
          <For each={question.options}>
            {(option) => (
              <Tick
                type={question.multiple ? 'checkbox' : 'radio'}
                name={`${group}-${question.key}`}
                label={option.label}
                note={option.description}
                checked={answerTo(question.key).options.includes(option.key)}
                onChange={() => pick(question, option.key)}
              />
            )}
          </For>
          <Show when={question.allowText}>
            <TextArea
              class="question-text"
              rows={1}
              maxLength={4_000}
              aria-label={`In own words: ${question.prompt}`}
              placeholder={question.options.length > 0 ? 'Or in own words' : 'In own words'}
              onValue={(text) => set(question.key, { text })}
            />
          </Show>
        </fieldset>
      )}
    </For>
  );
}
