'use client';

import { useState } from 'react';
import type { SendingDomainDetail } from '@postern/admin-contract';
import { Button, DomainName, Fact, Facts, formatAge, Instant, OutsideText, Panel } from '@postern/console-ui';
import { CheckPanel } from '../../../../features/domain/check-panel.tsx';
import { DomainSettings } from '../../../../features/domain/settings-dialog.tsx';
import { DomainActions } from '../../../../features/domain/domain-actions.tsx';
import { KeyList } from '../../../../features/domain/key-list.tsx';
import { Records } from '../../../../features/domain/records.tsx';

export function DomainClient(props: { readonly initial: SendingDomainDetail; readonly mayWrite: boolean }) {
  const [domain, setDomain] = useState(props.initial);
  const [changing, setChanging] = useState(false);
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <h1 className="min-w-0 flex-1 basis-80 text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          <DomainName name={domain.name} />
        </h1>
        {props.mayWrite && <DomainActions domain={domain} onChange={setDomain} />}
      </header>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Records domain={domain} />
          <CheckPanel domain={domain} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <KeyList keys={domain.keys} />
          <Panel title="Signing" aside={props.mayWrite && <Button onClick={() => setChanging(true)}>Change</Button>}>
            <Facts className="grid-cols-2 xl:grid-cols-1">
              <Fact name="Sub-domains">{domain.subDomains ? 'signed for too' : 'not signed for'}</Fact>
              <Fact name="New keys">{domain.rotateDays === null ? 'by hand' : `every ${domain.rotateDays} days`}</Fact>
              <Fact name="A new key signs when seen for">{formatAge(domain.settleSeconds * 1000)}</Fact>
              <Fact name="An old key stays published for">{formatAge(domain.retainSeconds * 1000)}</Fact>
              {domain.signedFields.length > 0 && (
                <Fact name="Also signed">
                  <OutsideText text={domain.signedFields.join(', ')} />
                </Fact>
              )}
              {domain.delegatedTo && (
                <Fact name="Keys are published in">
                  <OutsideText text={domain.delegatedTo} />
                </Fact>
              )}
              <Fact name="Added">
                <Instant at={domain.createdAt} />
              </Fact>
            </Facts>
          </Panel>
        </div>
      </div>
      {changing && <DomainSettings domain={domain} onDone={setDomain} onClose={() => setChanging(false)} />}
    </>
  );
}
