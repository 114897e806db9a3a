'use client';

import { Bookmark, BookmarkPlus, ChevronDown, Settings2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { SavedView } from '@postern/admin-contract';
import { Button, Menu, MenuItem, MenuLabel, MenuSeparator, OutsideText } from '@postern/console-ui';
import { ManageViews } from './manage-views.tsx';
import { SaveView } from './save-view.tsx';
import { viewPath } from './view-path.ts';

/** The searches that the viewer has saved; each is an address that can be handed on. */
export function SavedViews({ views, query }: { readonly views: readonly SavedView[]; readonly query: string }) {
  const router = useRouter();
  const [asked, setAsked] = useState<'save' | 'manage' | undefined>(undefined);
  const onClose = () => setAsked(undefined);
  const current = views.find((view) => view.query === query);
  return (
    <>
      <Menu
        trigger={
          <Button>
            <Bookmark aria-hidden className={current ? 'size-4 fill-current' : 'size-4'} />
            <span className="max-w-32 truncate max-sm:sr-only">{current ? current.name : 'Saved views'}</span>
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {views.length === 0 && (
          <MenuLabel className="max-w-60">A search that you save is kept here, for you.</MenuLabel>
        )}
        <div className="max-h-80 overflow-y-auto">
          {views.map((view) => (
            <MenuItem key={view.id} onSelect={() => router.push(viewPath(view.query))}>
              <span className="min-w-0">
                <span className="block max-w-72 truncate font-medium">
                  <OutsideText text={view.name} />
                </span>
              </span>
            </MenuItem>
          ))}
        </div>
        {(query !== '' || views.length > 0) && <MenuSeparator />}
        {query !== '' && (
          <MenuItem icon={BookmarkPlus} onSelect={() => setAsked('save')}>
            Save this search
          </MenuItem>
        )}
        {views.length > 0 && (
          <MenuItem icon={Settings2} onSelect={() => setAsked('manage')}>
            Manage saved views
          </MenuItem>
        )}
      </Menu>
      {asked === 'save' && <SaveView query={query} onClose={onClose} onDone={() => router.refresh()} />}
      {asked === 'manage' && <ManageViews views={views} onClose={onClose} onDone={() => router.refresh()} />}
    </>
  );
}
