/** Something about the database that the person who starts Boardroom must put right; the message says how. */
export class DatabaseProblem extends Error {
  override readonly name = 'DatabaseProblem';
}
