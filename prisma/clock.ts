let read: () => Date = () => new Date();

/**
 * The time by which the company's rules judge: delays, silence, throttles, monitors. One clock for a process, so that a test
 * lets hours pass at once; what merely records when something happened may as well ask the database.
 */
export function now(): Date {
  return read();
}

/** For tests: another source of the time; returns what puts the former one back. */
export function setClock(source: () => Date): () => void {
  const former = read;
  read = source;
  return () => {
    read = former;
  };
}
