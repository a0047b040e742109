import { createServer } from 'node:http';
import { bareOperations, type Variables } from './statements.ts';

// The floor: Node's own server, the body parsed as JSON, one statement, its row sent as it is. The path names the root field.
const operations = bareOperations(process.env['DATABASE_URL'] ?? '');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const field = (request.url ?? '').slice(1) as keyof typeof operations;
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: Variables };
    operations[field](variables).then(
      (data) => answer(200, { data: { [field === 'dashboard' ? 'company' : field]: data } }),
      (error: unknown) => answer(500, { errors: [String(error)] }),
    );
  });
  const answer = (status: number, value: unknown) => {
    const body = JSON.stringify(value);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
  };
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ ready: true, port: typeof address === 'object' ? address?.port : 0 });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
