import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LIMIT } from '../../schema/shared/limits.ts';

/** At most so many aliases in a document: each is one more execution of a field that the writer gets for few bytes. */
function aliasLimit(context: ValidationContext): ASTVisitor {
  let aliases = 0;
  return {
    Field(node) {
      if (!node.alias) return;
      aliases += 1;
      if (aliases === LIMIT.aliases + 1) context.reportError(new GraphQLError(`at most ${LIMIT.aliases} aliases`, { nodes: [node], extensions: { code: 'BAD_USER_INPUT' } }));
    },
  };
}

/** Limits on the document itself; the cost of fields is the schema's (see schema/builder.ts). */
export function documentLimits(): Plugin {
  return {
    // Not parsed here: a document that was parsed before comes from yoga's cache.
    onParse({ setParseFn, parseFn }) {
      setParseFn((source: string, options: object) => parseFn(source, { ...options, maxTokens: LIMIT.tokens }));
    },
    onValidate({ addValidationRule }) {
      addValidationRule(aliasLimit);
      return ({ valid, result, setResult }) => {
        if (!valid) setResult((result as GraphQLError[]).map(asMistake));
      };
    },
  };
}

function asMistake(error: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestions(error.message), { nodes: error.nodes, extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });
}

/** Names that the writer of a wrong query cannot see are not given away. */
export function withoutSuggestions(message: string): string {
  return message.replace(/ ?Did you mean .+\?$/s, '');
}
