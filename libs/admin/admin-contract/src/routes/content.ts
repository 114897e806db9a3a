import { z } from 'zod';
import { route } from '../route.ts';

/** The front of a message's content, read leniently: as much as a person looks at. */
export const messageContent = z
  .object({
    /** The header section as it is sent, our trace fields first; at most 500 fields. */
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    /** The text part; null when there is none. */
    text: z.string().nullable(),
    /** Whether there is an HTML part. */
    html: z.boolean(),
    /** The parts that have no parts themselves; at most 100. */
    parts: z.array(z.object({ type: z.string(), name: z.string().nullable(), sizeOctets: z.int() })),
    /** Whether all of the content was read; of larger ones it is the first octets. */
    whole: z.boolean(),
  })
  .meta({ id: 'MessageContent' });
export type MessageContent = z.output<typeof messageContent>;

const tag = 'Content';
const params = z.object({ id: z.uuid() });
const permission = 'messages:content';

export const CONTENT_ROUTES = {
  showContent: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/content',
    tag,
    summary: 'What a message says: its header section, its text, its parts. Written into the audit',
    permission,
    params,
    status: 200,
    response: messageContent,
    problems: ['not-found'],
  }),
};

/** Answers that are not JSON. */
export const CONTENT_FILES = {
  showContentHtml: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/content/html',
    tag,
    summary:
      'The HTML part of a message, under a policy that lets it run nothing and load nothing. Written into the audit',
    permission,
    params,
    status: 200,
    produces: 'text/html',
    problems: ['not-found'],
  }),
  downloadMessage: route({
    method: 'GET',
    path: '/api/v1/messages/{id}/raw',
    tag,
    summary: 'A message as it is sent, as a file. Written into the audit',
    permission,
    params,
    status: 200,
    produces: 'message/rfc822',
    problems: ['not-found'],
  }),
};
