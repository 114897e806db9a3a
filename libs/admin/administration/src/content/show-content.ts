import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { frontOf } from './front-of.ts';
import { readContent } from './read-content.ts';

/** What a message says, for a person who may read it; that they did is in the audit. */
export const showContent = verb(ROUTES.showContent, async (context, { params }) => {
  const front = await frontOf(context, params.id, 'message.read');
  return 'refused' in front ? front : done(readContent(front.ok.octets, front.ok.size));
});
