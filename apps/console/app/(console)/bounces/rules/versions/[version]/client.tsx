'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { BounceRuleSet } from '@postern/admin-contract';
import { Button, buttonLook, formatCountOf, Instant, OutsideText } from '@postern/console-ui';
import { DifferencePanel } from '../../../../../../features/bounce/difference-panel.tsx';
import { differenceOf } from '../../../../../../features/bounce/rule-difference.ts';
import { RuleTable } from '../../../../../../features/bounce/rule-table.tsx';
import { CommandDialog } from '../../../../../../features/command/command-dialog.tsx';
import { PageHeading } from '../../../../../../features/shell/page-heading.tsx';
import { browserApi } from '../../../../../../live/browser-api.ts';

/** The rules of a version, how they differ from those that count, and the way back to them. */
export function VersionClient(props: {
  readonly version: BounceRuleSet;
  readonly active: BounceRuleSet;
  readonly mayWrite: boolean;
}) {
  const { version, active, mayWrite } = props;
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const count = formatCountOf(version.rules.length, 'rule', 'rules');
  return (
    <>
      <PageHeading
        title={`Version ${version.version} of the bounce rules`}
        says={version.active ? 'They classify replies now.' : 'They classified replies until another version did.'}
        actions={
          version.active ? (
            <Link href="/bounces/rules" prefetch={false} className={buttonLook('plain')}>
              Change and replay
            </Link>
          ) : (
            mayWrite && (
              <Button kind="primary" onClick={() => setAsked(true)}>
                Classify by these again
              </Button>
            )
          )
        }
      />
      <p className="mb-3 text-sm text-ink-soft">
        {version.shipped ? 'Those that ship with Postern' : 'Rules of your own'}, {count}
        {version.createdAt && (
          <>
            , activated by <OutsideText text={version.createdBy} />, <Instant at={version.createdAt} form="full" />
          </>
        )}
      </p>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <RuleTable title={`Rules of version ${version.version}`} rules={version.rules} />
        {!version.active && <DifferencePanel difference={differenceOf(version, active)} />}
      </div>
      {asked && (
        <CommandDialog
          title={`Classify by version ${version.version} again`}
          says={`Its ${count} count from now on, under the next version. What is stored keeps its class until it is classified again.`}
          verb="Classify by these again"
          kind="primary"
          onClose={() => setAsked(false)}
          command={(body) =>
            browserApi.activateBounceRules({
              // Those that ship come back as such, and follow Postern's updates.
              body: { ...body, rules: version.shipped ? [] : version.rules },
            })
          }
          onDone={() => router.push('/bounces/rules')}
        />
      )}
    </>
  );
}
