/** What the command ends with. Conflicts have their own code, so that a script can tell "somebody has it" from "it broke". */
export const exitCodes = { done: 0, failed: 1, usage: 2, conflict: 3 } as const;

/** The command was called wrongly. */
export class UsageError extends Error {}

/** The API said no, or could not be reached. `code` is stable; the message is for people. */
export class ApiError extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly details: unknown;

  constructor(code: string, message: string, field?: string, details?: unknown) {
    super(message);
    this.code = code;
    this.field = field;
    this.details = details;
  }
}

/** An expected conflict: the answer that the API gave, and the lines that tell a person what stands in the way. */
export class ConflictError extends Error {
  readonly data: unknown;

  constructor(data: unknown, lines: string[]) {
    super(lines.join('\n'));
    this.data = data;
  }
}
