import type { SavedView, SavedViewChanges, SavedViewReads } from '@postern/administration';
import type { SavedView as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { newId } from './credentials.ts';

/** Saved searches, read. */
export function savedViewReads(db: Db): SavedViewReads {
  return {
    async savedViewsOf(ownerId) {
      return (await db.savedView.findMany({ where: { ownerId }, orderBy: { name: 'asc' } })).map(viewOf);
    },
  };
}

/** Saved searches, changed. */
export function savedViewChanges(db: Db): SavedViewChanges {
  return {
    async saveView(ownerId, { name, query, most }) {
      const others = await db.savedView.count({ where: { ownerId, name: { not: name } } });
      if (others >= most) return undefined;
      const row = await db.savedView.upsert({
        where: { ownerId_name: { ownerId, name } },
        create: { id: newId(), ownerId, name, query },
        update: { query },
      });
      return viewOf(row);
    },
    async removeSavedView(ownerId, id) {
      const row = await db.savedView.findFirst({ where: { id, ownerId } });
      const { count } = await db.savedView.deleteMany({ where: { id, ownerId } });
      return row && count === 1 ? viewOf(row) : undefined;
    },
  };
}

function viewOf({ id, name, query, createdAt }: Row): SavedView {
  return { id, name, query, createdAt: instant(createdAt) };
}
