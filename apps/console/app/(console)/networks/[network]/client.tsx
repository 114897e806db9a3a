'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { BounceRate, MessageSummary, Network, SubmitterUsage } from '@postern/admin-contract';
import { Button, Fact, Facts, Instant, OutsideText, Panel } from '@postern/console-ui';
import { EditNetwork } from '../../../../features/network/edit-dialog.tsx';
import { RemoveNetwork } from '../../../../features/network/remove-network.tsx';
import { AboutFacts, None } from '../../../../features/submitter/about-facts.tsx';
import { GuardPanel } from '../../../../features/submitter/guard-panel.tsx';
import { HeldNotice } from '../../../../features/submitter/held-notice.tsx';
import { RatesPanel } from '../../../../features/submitter/rates-panel.tsx';
import { RecentMail } from '../../../../features/submitter/recent-mail.tsx';
import { LimitsPanel } from '../../../../features/submitter/limits-panel.tsx';
import type { SubmitterEdits } from '../../../../features/submitter/submitter.ts';
import { browserApi } from '../../../../live/browser-api.ts';
import { useLivePage } from '../../../../live/use-live-page.ts';

export function NetworkClient(props: {
  readonly network: Network;
  readonly usage: SubmitterUsage | undefined;
  /** Undefined: the viewer may not see messages, or rates. */
  readonly recent: readonly MessageSummary[] | undefined;
  readonly rates: readonly BounceRate[] | undefined;
  readonly mayWrite: boolean;
}) {
  const { network, usage, mayWrite } = props;
  const router = useRouter();
  const [asked, setAsked] = useState<'edit' | 'remove' | undefined>(undefined);
  const onDone = () => router.refresh();
  useLivePage();
  const params = { network: network.id };
  const edits: SubmitterEdits | undefined = mayWrite
    ? {
        show: () => browserApi.showNetwork({ params }),
        update: (body, options) => browserApi.updateNetwork({ params, body }, options),
      }
    : undefined;
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-xl font-semibold tracking-tight tabular-nums [overflow-wrap:anywhere]">{network.cidr}</h1>
          <p className="mt-1 text-sm text-ink-soft">Its hosts may relay without signing in.</p>
        </div>
        {mayWrite && (
          <Button icon={Trash2} kind="danger" onClick={() => setAsked('remove')}>
            Remove
          </Button>
        )}
      </header>
      {network.guard.heldSince && (
        <HeldNotice
          name={network.cidr}
          since={network.guard.heldSince}
          release={mayWrite ? (body) => browserApi.releaseNetwork({ params, body }) : undefined}
          onDone={onDone}
        />
      )}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <LimitsPanel submitter={network} usage={usage} edits={edits} onDone={onDone} />
          {props.rates && <RatesPanel rates={props.rates} />}
          {props.recent && <RecentMail search={`network:${network.cidr}`} messages={props.recent} />}
          <GuardPanel submitter={network} usage={usage} edits={edits} onDone={onDone} />
        </div>
        <Panel title="Access" aside={mayWrite && <Button onClick={() => setAsked('edit')}>Change</Button>}>
          <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
            <Fact name="Its hosts may send as">
              {network.senderRules.includes('*') ? 'anyone' : <OutsideText text={network.senderRules.join(', ')} />}
            </Fact>
            <Fact name="Rewritten to, on a listener for devices">
              {network.rewriteFrom ? <OutsideText text={network.rewriteFrom} /> : <None word="nobody: as they say" />}
            </Fact>
            <AboutFacts submitter={network} />
            <Fact name="Listed">
              <Instant at={network.createdAt} form="full" />
            </Fact>
          </Facts>
        </Panel>
      </div>
      {asked === 'edit' && <EditNetwork network={network} onDone={onDone} onClose={() => setAsked(undefined)} />}
      {asked === 'remove' && (
        <RemoveNetwork network={network} onClose={() => setAsked(undefined)} onDone={() => router.push('/networks')} />
      )}
    </>
  );
}
