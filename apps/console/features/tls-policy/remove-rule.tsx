'use client';

import { useState } from 'react';
import type { TlsRule } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
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
        <FormDialog
          title={`Remove the rule for ${rule.scope} ${rule.of}`}
          says={`It said: ${demandOf(rule)}. From the next connection on it counts for nothing.`}
          verb="Remove it"
          busy="Removing…"
          kind="danger"
          submit={() => browserApi.removeTlsRule({ params: { id: rule.id } })}
          onDone={onDone}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
