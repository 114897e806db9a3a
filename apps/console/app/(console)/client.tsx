'use client';

import { Inbox } from 'lucide-react';
import { useState } from 'react';
import type { Ledger, Queue } from '@postern/admin-contract';
import { EmptyState } from '@postern/console-ui';
import { LedgerPanel } from '../../features/ledger/ledger-panel.tsx';
import { FirstMail } from '../../features/message/first-mail.tsx';
import { TopQueues } from '../../features/queue/top-queues.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { useLiveEvent } from '../../live/live-provider.tsx';
import { useRefresh } from '../../live/use-refresh.ts';

interface Props {
  readonly ledger: Ledger;
  readonly deepest: readonly Queue[];
  readonly oldest: readonly Queue[];
}

export function OverviewClient(props: Props) {
  const [ledger, setLedger] = useState(props.ledger);
  const [deepest, setDeepest] = useState(props.deepest);
  const [oldest, setOldest] = useState(props.oldest);
  useLiveEvent('ledger', setLedger);
  useRefresh({
    wanted: true,
    refresh: async () => {
      const [deep, old] = await Promise.all([
        browserApi.listQueues({ query: { sort: 'depth', limit: 5 } }),
        browserApi.listQueues({ query: { sort: 'oldest', limit: 5 } }),
      ]);
      if ('ok' in deep) setDeepest(deep.ok.items);
      if ('ok' in old) setOldest(old.ok.items);
    },
  });
  if (ledger.accepted === 0)
    return (
      <EmptyState icon={Inbox} title="No mail has come in yet">
        <FirstMail />
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      <LedgerPanel ledger={ledger} />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <TopQueues title="Deepest queues" queues={deepest} path="/queues" />
        <TopQueues title="Oldest mail waiting" queues={oldest} path="/queues?sort=oldest" />
      </div>
    </div>
  );
}
