import { type ExecutionResult, GraphQLError } from 'graphql';
import { Refusal } from '../shared/refusal.ts';

/** The codes of a result's errors; what a caller would see masked stands there as a fault. */
export function codesOf({ errors = [] }: Pick<ExecutionResult, 'errors'>): string[] {
  return errors.map(({ originalError }) => {
    if (originalError instanceof Refusal) return originalError.code;
    // A value that does not fit its type, or a limit: graphql's own refusals.
    if (!originalError || originalError instanceof GraphQLError) return 'BAD_USER_INPUT';
    return `fault: ${originalError.message}`;
  });
}
