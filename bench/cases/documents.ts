import pg from 'pg';
import { newId } from '../../prisma/id.ts';
import { placeThreads } from '../../schema/annotation/anchor/place.ts';
import { ask } from '../../e2e/support/boardroom.ts';
import type { Bench } from '../compare.ts';
import { figure, median, rounded } from '../figures.ts';
import { percentile } from '../load/tally.ts';
import { longDocument, type LongDocument, threadsOn } from '../stage/document.ts';
import type { Stage } from '../stage/stage.ts';

const THREADS = 200;

/** How long it takes to find 200 threads again in 500 kB, by how much was edited. Nothing like it is in the baselines. */
export function measureReanchor({ options, add }: Bench): void {
  const { body, edits } = longDocument();
  const threads = threadsOn(body, THREADS);
  const times = options.quick ? 5 : 25;
  const measured = Object.fromEntries(Object.entries(edits).map(([name, next]) => {
    const took = Array.from({ length: times }, () => {
      const began = performance.now();
      placeThreads(threads, body, next);
      return performance.now() - began;
    });
    return [`${name}P50Ms`, median(took)];
  }));
  add(figure({ case: 'reanchor', work: '200 threads found again in 500 kB of which every sentence changed', issues: null, clients: null, boardroom: rounded({ p50Ms: measured['everyOneP50Ms'] ?? NaN, ...measured }), baselines: {} }));
}

const PUT = 'mutation ($input: PutDocumentInput!) { result: putDocument(input: $input) { __typename ... on Document { id latestRevision { id } } } }';

interface Put { result: { __typename: string; id: string; latestRevision: { id: string } } }

/** Writing such a document over HTTP: by turns as it was and with one sentence more, each time with all of its threads. */
export async function measureDocumentWrite({ options, add }: Bench, { servers, data, url }: Stage): Promise<void> {
  const document = longDocument();
  const address = `http://127.0.0.1:${servers.boardroom.port}`;
  let baseRevisionId: string | null = null;
  const put = async (body: string): Promise<string> => {
    const { result } = await ask<Put>(address, PUT, { input: { issueId: data.unassigned[0], key: 'bench', body, baseRevisionId } });
    if (result.__typename !== 'Document') throw new Error(`the document was not written: ${result.__typename}`);
    baseRevisionId = result.latestRevision.id;
    return result.id;
  };
  await annotate(url, await put(document.body), document);
  const took: number[] = [];
  for (let i = 0; i < (options.quick ? 8 : 40); i += 1) {
    const began = performance.now();
    await put(i % 2 === 0 ? document.edits.oneSentence : document.body);
    took.push(performance.now() - began);
  }
  // The first writes are slower: the code is not compiled yet.
  const sorted = took.slice(4).sort((a, b) => a - b);
  add(figure({ case: 'document-write', work: 'write 500 kB with 200 threads', issues: data.issues, clients: 1, boardroom: rounded({ p50Ms: percentile(sorted, 50), p95Ms: percentile(sorted, 95), firstMs: took[0] ?? NaN }), baselines: {} }));
}

/** The threads, made as an import would: past every command. */
async function annotate(url: string, documentId: string, { body }: LongDocument): Promise<void> {
  const rows = threadsOn(body, THREADS).map((thread) => ({
    id: newId(), quote: thread.quote, prefix: thread.prefix, suffix: thread.suffix, normalized_start: thread.normalizedStart, normalized_end: thread.normalizedEnd,
    markdown_start: thread.markdownStart, markdown_end: thread.markdownEnd, projection_version: thread.projectionVersion,
  }));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO annotation_thread (id, company_id, document_id, issue_id, original_revision_id, original_number, current_revision_id, current_number, quote, prefix, suffix,
                                      normalized_start, normalized_end, markdown_start, markdown_end, projection_version, creator_type)
       SELECT t.id, d.company_id, d.id, d.issue_id, d.latest_revision_id, d.latest_number, d.latest_revision_id, d.latest_number, t.quote, t.prefix, t.suffix,
              t.normalized_start, t.normalized_end, t.markdown_start, t.markdown_end, t.projection_version, 'SYSTEM'
       FROM document d, jsonb_to_recordset($2::jsonb) AS t(id uuid, quote text, prefix text, suffix text, normalized_start int, normalized_end int, markdown_start int, markdown_end int, projection_version int)
       WHERE d.id = $1`,
      [documentId, JSON.stringify(rows)],
    );
  } finally {
    await client.end();
  }
}
