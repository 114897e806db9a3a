import type { SavedView } from '@postern/admin-contract';

/** Saved searches, read. */
export interface SavedViewReads {
  /** Those of one owner, by name. */
  savedViewsOf(ownerId: string): Promise<readonly SavedView[]>;
}

/** Saved searches, changed. */
export interface SavedViewChanges {
  /** Saves a search; one of the same owner and name is replaced. Undefined: the owner has `most` of them. */
  saveView(
    ownerId: string,
    view: Pick<SavedView, 'name' | 'query'> & { readonly most: number },
  ): Promise<SavedView | undefined>;

  /** Undefined: the owner has none of that id. */
  removeSavedView(ownerId: string, id: string): Promise<SavedView | undefined>;
}
