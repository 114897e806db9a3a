import type { Sources } from '@postern/sending-domain';
import type { Context } from './context.ts';

/** More are not looked at. */
const MAX_SOURCES = 200;

/** What our mail comes from: what the configuration says, and the sources that were added. */
export async function ownSources({ store, sources }: Pick<Context, 'store' | 'sources'>): Promise<Sources> {
  const added = await store.listSources({ sort: 'name', order: 'ascending', after: undefined, limit: MAX_SOURCES });
  return { ...sources, added };
}
