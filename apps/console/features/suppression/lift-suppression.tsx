'use client';

import { useState } from 'react';
import type { Suppression } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Lifts a suppression, once asked: the address is sent to again. */
export function LiftSuppression(props: { readonly suppression: Suppression; readonly onDone: () => void }) {
  const { suppression, onDone } = props;
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button aria-label={`Lift ${suppression.address}`} onClick={() => setAsked(true)}>
        Lift
      </Button>
      {asked && (
        <CommandDialog
          title={`Send to ${suppression.address} again`}
          says="If the address is still gone, the next mail to it bounces, and it is suppressed again."
          verb="Lift it"
          kind="primary"
          onClose={() => setAsked(false)}
          command={(body) => browserApi.removeSuppression({ params: { id: suppression.id }, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
