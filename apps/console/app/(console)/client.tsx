'use client';

import { Inbox } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Event, Ledger, Page, Queue, QueueTrouble, Suspension, Volume } from '@postern/admin-contract';
import { EmptyState } from '@postern/console-ui';
import { Attention } from '../../features/event/attention.tsx';
import { LedgerPanel } from '../../features/ledger/ledger-panel.tsx';
import { FirstMail } from '../../features/message/first-mail.tsx';
import { TopQueues } from '../../features/queue/top-queues.tsx';
import { PageHeading } from '../../features/shell/page-heading.tsx';
import { SuspensionList } from '../../features/suspension/suspension-list.tsx';
import { RangeChoice } from '../../features/volume/range-choice.tsx';
import { RatesPanel } from '../../features/volume/rates-panel.tsx';
import { TlsShare } from '../../features/volume/tls-share.tsx';
import { Troubles } from '../../features/volume/troubles.tsx';
import { DepthChart, OutcomeChart, WaitChart } from '../../features/volume/volume-charts.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { useLiveEvent } from '../../live/live-provider.tsx';
import { SUMS_PAUSE_MS, useRefresh } from '../../live/use-refresh.ts';
import { overviewPath, type OverviewSearch } from './search-params.ts';

/** What the overview shows; what the viewer may not read is absent. */
interface Shown {
  readonly ledger: Ledger;
  readonly volume: Volume;
  readonly troubles: readonly QueueTrouble[] | undefined;
  readonly oldest: readonly Queue[] | undefined;
  readonly suspensions: Page<Suspension> | undefined;
  readonly events: Page<Event> | undefined;
}

export function OverviewClient(props: {
  readonly initial: Shown;
  readonly search: OverviewSearch;
  readonly mayCommand: boolean;
  /** Whether the viewer can go the whole way to the first mail. */
  readonly guided: boolean;
}) {
  const { initial, search, mayCommand, guided } = props;
  const router = useRouter();
  const [shown, setShown] = useState(initial);
  const show = (change: Partial<Shown>) => setShown((now) => ({ ...now, ...change }));
  useLiveEvent('ledger', (ledger) => show({ ledger }));
  useRefresh({ wanted: true, pauseMs: SUMS_PAUSE_MS, refresh: async () => show(await askAgain(initial, search)) });
  const { ledger, volume, troubles, oldest, suspensions, events } = shown;
  return (
    <>
      <PageHeading
        title="Overview"
        says="What became of mail, what waits, and what needs you."
        actions={<RangeChoice range={search.range} onChange={(range) => router.push(overviewPath({ range }))} />}
      />
      {suspensions && <SuspensionList page={suspensions} mayCommand={mayCommand} />}
      {ledger.accepted === 0 ? (
        <EmptyState icon={Inbox} title="No mail has come in yet">
          <FirstMail guided={guided} />
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          {events && <Attention events={events} />}
          <RatesPanel volume={volume} />
          <OutcomeChart volume={volume} />
          <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
            <WaitChart volume={volume} />
            <DepthChart volume={volume} />
          </div>
          <LedgerPanel ledger={ledger} />
          {troubles && <Troubles items={troubles} />}
          <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
            {oldest && <TopQueues title="Oldest mail waiting" queues={oldest} path="/queues?sort=oldest" />}
            <TlsShare tls={volume.tls} />
          </div>
        </div>
      )}
    </>
  );
}

/** Asks anew for all that was shown at first; what does not come stays as it was. */
async function askAgain(initial: Shown, query: OverviewSearch): Promise<Partial<Shown>> {
  const [volume, troubles, oldest, events] = await Promise.all([
    browserApi.showVolume({ query }),
    initial.troubles && browserApi.listTroubles({ query }),
    initial.oldest && browserApi.listQueues({ query: { sort: 'oldest', limit: 5 } }),
    initial.events && browserApi.listEvents({ query: { limit: 20 } }),
  ]);
  return {
    ...('ok' in volume ? { volume: volume.ok } : {}),
    ...(troubles && 'ok' in troubles ? { troubles: troubles.ok.items } : {}),
    ...(oldest && 'ok' in oldest ? { oldest: oldest.ok.items } : {}),
    ...(events && 'ok' in events ? { events: events.ok } : {}),
  };
}
