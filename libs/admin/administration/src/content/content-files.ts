import { ROUTES } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import { done, invalid, notFound, unauthorized, type Outcome } from '../outcome.ts';
import { parseRequest } from '../parse-request.ts';
import { frontOf, openContent } from './front-of.ts';
import { readHtml } from './read-content.ts';

/** The HTML part of a message. Whoever shows it must let it run nothing and load nothing. */
export async function showContentHtml(context: Context, request: unknown): Promise<Outcome<string>> {
  const id = idOf(context, request);
  if ('refused' in id) return id;
  const front = await frontOf(context, id.ok, 'message.read');
  if ('refused' in front) return front;
  const html = readHtml(front.ok.octets);
  return html === undefined ? notFound(`HTML part in message ${id.ok}`) : done(html);
}

/** A message as it is sent, chunk by chunk. */
export async function downloadMessage(context: Context, request: unknown): Promise<Outcome<AsyncIterable<Uint8Array>>> {
  const id = idOf(context, request);
  return 'refused' in id ? id : openContent(context, id.ok, 'message.download');
}

/** Both routes take the same, and need the same permission. */
function idOf({ actor }: Context, request: unknown): Outcome<string> {
  const route = ROUTES.downloadMessage;
  const refused = unauthorized(actor, route.permission);
  if (refused) return refused;
  const parsed = parseRequest(route, request);
  return 'errors' in parsed ? invalid(parsed.errors) : done(parsed.request.params.id);
}
