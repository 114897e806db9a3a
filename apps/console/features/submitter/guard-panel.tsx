'use client';

import { useState } from 'react';
import type { SubmitterUsage } from '@postern/admin-contract';
import { Button, formatCount, formatShare, Instant, OutsideText, Panel } from '@postern/console-ui';
import { GuardDialog } from './guard-dialog.tsx';
import { GUARD_MODE_SAYS } from './guard-words.ts';
import type { Submitter, SubmitterEdits } from './submitter.ts';

/** The abuse guard of a submitter: what it has learned, this hour beside it, and from where on it acts. */
export function GuardPanel(props: {
  readonly submitter: Submitter;
  readonly usage: SubmitterUsage | undefined;
  /** Undefined: the viewer may not change it. */
  readonly edits: SubmitterEdits | undefined;
  readonly onDone: () => void;
}) {
  const { submitter, usage, edits, onDone } = props;
  const { mode, releasedAt } = submitter.guard;
  const [editing, setEditing] = useState(false);
  return (
    <Panel title="Abuse guard" aside={edits && <Button onClick={() => setEditing(true)}>Change the guard</Button>}>
      <div className="flex flex-col gap-3 px-4 py-3.5 text-sm">
        <p>
          <span className="font-medium">{mode}</span>
          <span className="text-ink-soft">{GUARD_MODE_SAYS[mode].slice(mode.length)}</span>
        </p>
        {usage && <Learned submitter={submitter} usage={usage} />}
        {releasedAt && (
          <p className="text-xs text-ink-soft">
            Last released <Instant at={releasedAt} />: what it had sent until then counts as usual.
          </p>
        )}
        {usage && usage.networks.length > 0 && <Networks networks={usage.networks} />}
      </div>
      {editing && edits && <GuardDialog edits={edits} onDone={onDone} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function Learned({ submitter, usage }: { readonly submitter: Submitter; readonly usage: SubmitterUsage }) {
  const { learned, hour, latest } = usage;
  const { thresholds: at } = submitter.guard;
  const percent = latest.ended === 0 ? '–' : formatShare(latest.bounced / latest.ended);
  const rows = [
    {
      what: 'Recipients in an hour',
      now: formatCount(hour.recipients),
      usual: formatCount(learned.mostRecipients),
      acts: formatCount(Math.max(at.volumeFloor, at.volumeFactor * learned.mostRecipients)),
    },
    {
      what: 'New recipient domains',
      now: formatCount(hour.newDomains),
      usual: formatCount(learned.mostNewDomains),
      acts: formatCount(Math.max(at.newDomainsFloor, at.newDomainsFactor * learned.mostNewDomains)),
    },
    {
      what: 'From new networks',
      now: formatCount(hour.fromNewNetwork),
      usual: '0',
      acts: formatCount(at.newNetworkFloor),
    },
    {
      what: 'Bounced of those that ended',
      now: percent,
      usual: '–',
      acts: `${at.bouncePercent}% of ${formatCount(at.bounceFloor)} or more`,
    },
  ];
  const early = learned.hours < at.learnHours;
  return (
    <>
      <table className="w-full text-xs tabular-nums">
        <thead>
          <tr className="text-left text-ink-soft">
            <th scope="col" className="py-1 pr-2 font-medium">
              <span className="sr-only">What</span>
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              Now
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              Most learned
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              Acts above
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, now, usual, acts }) => (
            <tr key={what} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal text-ink-soft">
                {what}
              </th>
              <td className="px-2 py-1.5 text-right font-medium">{now}</td>
              <td className="px-2 py-1.5 text-right">{usual}</td>
              <td className="py-1.5 pl-2 text-right">{acts}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-xs text-ink-soft tabular-nums">
        {early
          ? `It still learns: it has sent in ${formatCount(learned.hours)} of the ${formatCount(at.learnHours)} hours that it needs before it judges.`
          : `Learned from ${formatCount(learned.hours)} hours of the last 28 days.`}
      </p>
    </>
  );
}

function Networks({ networks }: { readonly networks: SubmitterUsage['networks'] }) {
  return (
    <details className="text-xs">
      <summary className="cursor-default text-ink-soft hover:text-ink">Used from these networks lately</summary>
      <ul className="mt-1.5 flex flex-col gap-1 tabular-nums">
        {networks.map(({ network, lastAt }) => (
          <li key={network} className="flex justify-between gap-3">
            <OutsideText text={network} />
            <span className="text-ink-soft">
              <Instant at={lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
