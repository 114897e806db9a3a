'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { RetryPlan } from '@postern/admin-contract';
import { Button, formatAge, MenuItem, OutsideText, Panel } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { useLivePage } from '../../live/use-live-page.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RowMenu } from '../table/row-menu.tsx';
import { AddRetryPlan, ChangeRetryPlan } from './retry-plan-dialogs.tsx';
import { subjectOf } from './retry-plan-fields.tsx';

type Asked = 'add' | { readonly change: RetryPlan } | { readonly remove: RetryPlan };

/** When deferred mail is tried again, and when it is given up: for all mail, a route, a site, or a tag. */
export function RetryPlans({ plans, mayWrite }: { readonly plans: readonly RetryPlan[]; readonly mayWrite: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const onClose = () => setAsked(undefined);
  const onDone = () => router.refresh();
  useLivePage();
  return (
    <Panel
      title="Retry plans"
      aside={
        mayWrite && (
          <Button icon={Plus} onClick={() => setAsked('add')}>
            Set a plan
          </Button>
        )
      }
    >
      <ul>
        {plans.map((plan) => (
          <li
            key={plan.id || plan.scope}
            className="flex items-center gap-x-3 border-b border-line px-4 py-2 text-sm last:border-b-0"
          >
            <div className="flex min-w-0 flex-1 flex-wrap gap-x-6 gap-y-0.5">
              <span className="w-44 font-medium [overflow-wrap:anywhere]">
                <OutsideText text={subjectOf(plan)} />
              </span>
              <span className="min-w-0 flex-1 basis-72 text-ink-soft tabular-nums">{timesIn(plan)}</span>
            </div>
            {mayWrite && (
              <RowMenu label={`Commands for the plan for ${subjectOf(plan)}`}>
                <MenuItem icon={Pencil} onSelect={() => setAsked({ change: plan })}>
                  Change
                </MenuItem>
                {plan.id !== '' && (
                  <MenuItem icon={Trash2} kind="danger" onSelect={() => setAsked({ remove: plan })}>
                    Remove
                  </MenuItem>
                )}
              </RowMenu>
            )}
          </li>
        ))}
      </ul>
      {asked === 'add' && <AddRetryPlan onClose={onClose} onDone={onDone} />}
      {typeof asked === 'object' && 'change' in asked && (
        <ChangeRetryPlan plan={asked.change} onClose={onClose} onDone={onDone} />
      )}
      {typeof asked === 'object' && 'remove' in asked && (
        <CommandDialog
          title={`Remove the plan for ${subjectOf(asked.remove)}`}
          says={
            asked.remove.scope === 'default'
              ? 'The plan that ships counts again: five days, with waits that grow to four hours.'
              : 'Its mail is tried again as all other, what waits already too.'
          }
          verb="Remove it"
          kind="danger"
          onClose={onClose}
          command={(body) => browserApi.removeRetryPlan({ params: { id: asked.remove.id }, body })}
          onDone={onDone}
        />
      )}
    </Panel>
  );
}

function timesIn({ delaysSeconds, giveUpSeconds, delayNoticeSeconds }: RetryPlan): string {
  const age = (seconds: number) => formatAge(seconds * 1000);
  const notice = delayNoticeSeconds === null ? '' : `; its sender is told after ${age(delayNoticeSeconds)}`;
  return `tried again after ${delaysSeconds.map(age).join(', ')}, then at that pace; given up after ${age(giveUpSeconds)}${notice}`;
}
