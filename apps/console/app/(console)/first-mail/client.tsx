'use client';

import { useState } from 'react';
import type { NewCredential } from '@postern/admin-contract';
import { CredentialStep } from '../../../features/first-mail/credential-step.tsx';
import { DeliveredStep } from '../../../features/first-mail/delivered-step.tsx';
import { DomainStep } from '../../../features/first-mail/domain-step.tsx';
import { RecordsStep } from '../../../features/first-mail/records-step.tsx';
import { SendStep } from '../../../features/first-mail/send-step.tsx';
import { Step } from '../../../features/first-mail/step.tsx';
import { senderIn, statesOf, type Way } from '../../../features/first-mail/steps.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { useRefresh } from '../../../live/use-refresh.ts';

export function FirstMailClient(props: {
  readonly names: readonly string[];
  readonly initial: Way;
  readonly mayAdd: boolean;
  readonly mayCreate: boolean;
}) {
  const { names, mayAdd, mayCreate } = props;
  const [way, setWay] = useState(props.initial);
  const [made, setMade] = useState<NewCredential | undefined>(undefined);
  const { domain, message, messageCheck } = way;
  const credential = made?.credential ?? way.credential;
  const states = statesOf({ ...way, credential });
  const name = domain?.name;
  useRefresh({
    wanted: name !== undefined,
    refresh: async () => {
      const found = await browserApi.findMessages({ query: { q: `from:@${name}`, limit: 1 } });
      const latest = 'ok' in found ? found.ok.items[0] : undefined;
      const checked = latest && (await browserApi.checkMessage({ params: { id: latest.id } }));
      setWay((now) => ({
        ...now,
        message: latest ?? now.message,
        messageCheck: checked && 'ok' in checked ? checked.ok : now.messageCheck,
      }));
    },
  });
  return (
    <ol className="max-w-4xl rounded-lg border border-line bg-surface">
      <Step number={1} state={states.domain} title="Name the domain that mail is sent as">
        <DomainStep names={names} chosen={name} mayAdd={mayAdd} />
      </Step>
      <Step number={2} state={states.records} title="Publish its records, until the world sees them">
        {domain ? (
          <RecordsStep domain={domain} onCheck={(check) => setWay((now) => withCheck(now, check))} />
        ) : (
          <p className="text-ink-soft">DKIM keys, SPF and DMARC, ready to copy once there is a domain.</p>
        )}
      </Step>
      <Step number={3} state={states.credential} title="Make a credential for what sends">
        <CredentialStep domain={name} credential={credential} mayCreate={mayCreate} onMade={setMade} />
      </Step>
      <Step number={4} state={states.send} title="Send a mail with it">
        <SendStep
          sender={senderIn(name ?? 'your-domain.example', credential?.senderRules ?? [])}
          name={credential?.name}
          secret={made?.secret}
        />
      </Step>
      <Step number={5} state={states.delivered} title="See it delivered, signed and aligned">
        <DeliveredStep message={message} check={messageCheck} />
      </Step>
    </ol>
  );
}

function withCheck(way: Way, check: NonNullable<Way['domain']>['check']): Way {
  return way.domain ? { ...way, domain: { ...way.domain, check } } : way;
}
