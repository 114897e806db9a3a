'use client';

import { useState } from 'react';
import type { Event } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Says that an event was dealt with. */
export function ResolveEvent({ event, onDone }: { readonly event: Event; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button aria-label={`Resolve: ${event.text}`} onClick={() => setAsked(true)}>
        Resolve
      </Button>
      {asked && (
        <CommandDialog
          title="Resolve this event"
          says="It leaves this list, and changes nothing else: what is held stays held until it is released."
          verb="Resolve"
          kind="primary"
          onClose={() => setAsked(false)}
          command={(body) => browserApi.resolveEvent({ params: { id: event.id }, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
