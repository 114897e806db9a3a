'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TlsRule } from '@postern/admin-contract';
import { Button, classNames, Instant, OutsideText, Panel } from '@postern/console-ui';
import { AddRule } from './add-rule.tsx';
import { demandOf } from './demand-of.ts';
import { RemoveRule } from './remove-rule.tsx';

/** What operators have decided beyond what domains demand themselves. */
export function RuleList(props: {
  readonly rules: readonly TlsRule[];
  readonly mayWrite: boolean;
  readonly now: string;
}) {
  const { rules, mayWrite, now } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  const onDone = () => router.refresh();
  return (
    <Panel
      title="Your own rules"
      aside={
        mayWrite && (
          <Button icon={Plus} onClick={() => setAdding(true)}>
            Add a rule
          </Button>
        )
      }
    >
      {rules.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-soft">
          None: what a domain publishes counts, and TLS is used wherever it is offered. A rule demands more of a domain,
          a route or a credential, or lets an expired certificate do for a while.
        </p>
      ) : (
        <ul className="divide-y divide-line text-sm">
          {rules.map((rule) => (
            <Rule key={rule.id} rule={rule} over={rule.until !== null && rule.until <= now}>
              {mayWrite && <RemoveRule rule={rule} onDone={onDone} />}
            </Rule>
          ))}
        </ul>
      )}
      {adding && <AddRule onClose={() => setAdding(false)} onDone={onDone} />}
    </Panel>
  );
}

function Rule(props: { readonly rule: TlsRule; readonly over: boolean; readonly children: React.ReactNode }) {
  const { rule, over } = props;
  return (
    <li className={classNames('flex items-start gap-3 px-4 py-3', over && 'text-ink-faint')}>
      <div className="min-w-0 flex-1 break-words">
        <p>
          <span className="font-medium">
            {rule.scope} <OutsideText text={rule.of} />
          </span>
          : {demandOf(rule)}
          {rule.until && (
            <>
              , {over ? 'over since' : 'until'} <Instant at={rule.until} form="full" />
            </>
          )}
        </p>
        <p className={classNames('mt-0.5', !over && 'text-ink-soft')}>
          <OutsideText text={rule.reason} /> (<OutsideText text={rule.createdBy} />, <Instant at={rule.createdAt} />)
        </p>
      </div>
      {props.children}
    </li>
  );
}
