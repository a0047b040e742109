import { setTimeout as sleep } from 'node:timers/promises';
import { count } from '../choices.ts';
import { defineCommand } from '../command.ts';
import { exitCodes } from '../failure.ts';
import { interactionById, interactionText } from '../interaction.ts';

export const command = defineCommand({
  usage: 'ask wait ID [--seconds N]',
  about: 'Waits for the answer of the board, for a script that has nothing else to do. An agent rather ends its run: the answer wakes it. Ends with 1 when there is none in time.',
  args: 1,
  flags: { seconds: { type: 'string', value: 'N', about: 'how long at most (60)' } },
  async run({ settings, flags, args, show }) {
    const giveUpAt = Date.now() + count('--seconds', flags.seconds ?? '60') * 1_000;
    for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
      const one = await interactionById(settings, args[0]);
      const left = giveUpAt - Date.now();
      if (one.status !== 'PENDING' || left <= 0) {
        show(one, () => interactionText(one));
        return one.status === 'PENDING' ? exitCodes.failed : exitCodes.done;
      }
      await sleep(Math.min(pauseMs, left));
    }
  },
});
