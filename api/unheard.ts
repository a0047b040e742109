import { isOutage } from '../prisma/outage.ts';

interface Log {
  warn(details: object, message: string): void;
}

/**
 * A rejection that nobody waits for ends a process, and with it what everybody else is having done. That the database is away is
 * no reason for it: the job runner, for one, leaves such a rejection to nobody where it cannot store what became of a job, or does
 * so after the scheduler has replaced it. Anything else is a fault of ours, and shows.
 */
export function outliveOutages(log: Log): void {
  process.on('unhandledRejection', (error) => {
    if (!isOutage(error) && !/after calling end on the pool/.test(String(error))) throw error;
    log.warn({ err: error }, 'the database was away for something that nobody waited for');
  });
}
