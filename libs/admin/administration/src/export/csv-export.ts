import type { Page, ParsedRequestOf, Route } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { done, invalid, unauthorized, type Outcome } from '../outcome.ts';
import { parseRequest } from '../parse-request.ts';
import { csvLine, type Cell } from './csv.ts';

/** Answers a list as CSV, piece by piece, or why it is refused. Pieces are read as they are taken, and no sooner. */
export type CsvExport = (
  context: Context,
  request: { readonly query?: unknown },
) => Promise<Outcome<AsyncIterable<string>>>;

/** Rows of one question to the store: few enough to be answered at once, whatever else it does. */
const PAGE = 200;
const RESTS = 3;
const MOST_REST_MS = 250;

/**
 * Makes the export of a route from its list: page after page behind the cursor of the one before, in memory for one page.
 * The first page is read before anything is answered, so a query that is none is refused as one.
 */
export function csvExport<R extends Route, Item>(
  route: R,
  options: {
    readonly columns: readonly { readonly heading: string; readonly cell: (item: Item) => Cell }[];
    readonly read: (
      context: Context,
      query: ParsedQuery<R> & { readonly cursor?: string; readonly limit: number },
    ) => Promise<Outcome<Page<Item>>>;
  },
): CsvExport {
  const { columns, read } = options;
  const line = (item: Item) => csvLine(columns.map(({ cell }) => cell(item)));
  return async (context, request) => {
    if (route.permission !== 'anyone' && route.permission !== 'signed-in') {
      const refused = unauthorized(context.actor, route.permission);
      if (refused) return refused;
    }
    const parsed = parseRequest(route, request);
    if ('errors' in parsed) return invalid(parsed.errors);
    const query = queryOf(parsed.request);
    const first = await read(context, onPage(query, { limit: PAGE }));
    if ('refused' in first) return first;
    async function* pieces(page: Page<Item>): AsyncGenerator<string> {
      yield csvLine(columns.map(({ heading }) => heading));
      let tookMs = 0;
      for (;;) {
        if (page.items.length > 0) yield page.items.map(line).join('');
        if (page.nextCursor === null) return;
        await giveWay(tookMs);
        const began = performance.now();
        const next = await read(context, onPage(query, { cursor: page.nextCursor, limit: PAGE }));
        if ('refused' in next) throw new Error(`an export was refused on its way: ${next.refused.detail}`);
        page = next.ok;
        tookMs = performance.now() - began;
      }
    }
    return done(pieces(first.ok));
  };
}

/** Rests three times as long as the store took for the page before: an export has it for a quarter of the time. */
function giveWay(tookMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(RESTS * tookMs, MOST_REST_MS)));
}

type ParsedQuery<R extends Route> = ParsedRequestOf<R> extends { readonly query: infer Query } ? Query : object;

/** An export has a query and nothing else. */
function queryOf<R extends Route>(request: ParsedRequestOf<R>): ParsedQuery<R> {
  const { query = {} } = request as { readonly query?: unknown };
  return query as ParsedQuery<R>;
}

/** The query of one page of it: both are plain objects of different fields. */
function onPage<Query, Slice extends object>(query: Query, slice: Slice): Query & Slice {
  return { ...(query as object), ...slice } as Query & Slice;
}
