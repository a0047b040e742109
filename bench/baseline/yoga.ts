import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema, type ExecutionArgs, getOperationAST } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { bareOperations, type Variables } from './statements.ts';

// GraphQL with nothing of ours: the product's SDL with default resolvers, a bare yoga, and one statement in the root field
// whose row already has the shape of the answer.
const operations = bareOperations(process.env['DATABASE_URL'] ?? '');
const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

const yoga = createYoga({
  schema, graphqlEndpoint: '/graphql', logging: false, landingPage: false, graphiql: false,
  plugins: [{ onExecute: ({ args }: { args: ExecutionArgs }) => void (args.rootValue = rootOf(args.variableValues as Variables, getOperationAST(args.document)?.name?.value ?? '')) }],
});

/** Root fields as functions: graphql-js calls them where a type has no resolver of its own. */
function rootOf(variables: Variables, operation: string): Record<string, () => Promise<unknown>> {
  return {
    company: () => (operation === 'Dashboard' ? operations.dashboard(variables) : operations.company(variables)),
    issue: () => operations.issue(variables),
    createIssue: () => operations.createIssue(variables),
    addComment: () => operations.addComment(variables),
  };
}

const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ ready: true, port: typeof address === 'object' ? address?.port : 0 });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
