'use client';

import { useState } from 'react';
import type { TlsRule } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { demandOf } from './demand-of.ts';

/** Removes a rule, once asked. */
export function RemoveRule({ rule, onDone }: { readonly rule: TlsRule; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button kind="danger" aria-label={`Remove the rule for ${rule.scope} ${rule.of}`} onClick={() => setAsked(true)}>
        Remove
      </Button>
      {asked && (
        <CommandDialog
          title={`Remove the rule for ${rule.scope} ${rule.of}`}
          says={`It said: ${demandOf(rule)}. From the next connection on it counts for nothing.`}
          verb="Remove it"
          kind="danger"
          command={(body) => browserApi.removeTlsRule({ params: { id: rule.id }, body })}
          onDone={onDone}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
