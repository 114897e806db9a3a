import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { readId } from '../reference.ts';
import { verb } from '../verb.ts';

/** One source, by its id or its name, with the machines that lack an address of it. */
export const showSource = verb(ROUTES.showSource, async ({ store }, { params }) => {
  const source = await store.findSource(readId(params.source) ?? { name: params.source });
  return source ? done(source) : notFound(`source ${params.source}`);
});
