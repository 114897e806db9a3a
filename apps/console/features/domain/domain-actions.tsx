'use client';

import { RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { SendingDomainDetail } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** What can be done with a sending domain. */
export function DomainActions(props: {
  readonly domain: SendingDomainDetail;
  readonly onChange: (domain: SendingDomainDetail) => void;
}) {
  const { domain, onChange } = props;
  const router = useRouter();
  const [asked, setAsked] = useState<'rotate' | 'remove' | undefined>(undefined);
  const params = { domain: domain.id };
  const onClose = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={RefreshCw} onClick={() => setAsked('rotate')}>
        Rotate the keys
      </Button>
      <Button icon={Trash2} kind="danger" onClick={() => setAsked('remove')}>
        Remove
      </Button>
      {asked === 'rotate' && (
        <CommandDialog
          title={`Rotate the keys of ${domain.name}`}
          says="New keys are made now. They sign once the world has seen their records; the old ones stay published for mail that is under way."
          verb="Rotate"
          kind="primary"
          onClose={onClose}
          command={(body) => browserApi.rotateDomainKey({ params, body })}
          onDone={onChange}
        />
      )}
      {asked === 'remove' && (
        <CommandDialog
          title={`Remove ${domain.name}`}
          says="Its keys are destroyed, and its mail is not signed any more. This cannot be taken back."
          verb="Remove"
          kind="danger"
          onClose={onClose}
          command={(body) => browserApi.removeDomain({ params, body })}
          onDone={() => router.push('/domains')}
        />
      )}
    </div>
  );
}
