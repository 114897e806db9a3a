'use client';

import { RefreshCw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Problem, SendingDomainDetail } from '@postern/admin-contract';
import { Button, Callout, Dialog } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

type Verb = 'rotate' | 'remove';

/** What can be done with a sending domain. */
export function DomainActions(props: {
  readonly domain: SendingDomainDetail;
  readonly onChange: (domain: SendingDomainDetail) => void;
}) {
  const [asked, setAsked] = useState<Verb | undefined>(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsked('rotate')}>
        <RefreshCw aria-hidden className="size-4" />
        Rotate the keys
      </Button>
      <Button kind="danger" onClick={() => setAsked('remove')}>
        <Trash2 aria-hidden className="size-4" />
        Remove
      </Button>
      {asked && <Ask {...props} verb={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

const WORDS = {
  rotate: {
    title: 'Rotate the keys of',
    says: 'New keys are made now. They sign once the world has seen their records; the old ones stay published for mail that is under way.',
    verb: 'Rotate',
    busy: 'Making keys…',
  },
  remove: {
    title: 'Remove',
    says: 'Its keys are destroyed, and its mail is not signed any more. This cannot be taken back.',
    verb: 'Remove',
    busy: 'Removing…',
  },
} as const;

function Ask(props: {
  readonly verb: Verb;
  readonly domain: SendingDomainDetail;
  readonly onChange: (domain: SendingDomainDetail) => void;
  readonly onClose: () => void;
}) {
  const { verb, domain, onChange, onClose } = props;
  const router = useRouter();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const words = WORDS[verb];
  const act = async () => {
    setAsking(true);
    const params = { domain: domain.id };
    if (verb === 'remove') {
      const result = await browserApi.removeDomain({ params });
      setAsking(false);
      if ('problem' in result) return setProblem(result.problem);
      return router.push('/domains');
    }
    const result = await browserApi.rotateDomainKey({ params, body: {} });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    onChange(result.ok);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`${words.title} ${domain.name}`} says={words.says}>
      {problem && (
        <Callout tone="bad" title={problem.title}>
          {problem.detail}
        </Callout>
      )}
      <div className="mt-4 flex flex-row-reverse gap-2">
        <Button kind={verb === 'remove' ? 'danger' : 'primary'} disabled={asking} onClick={() => void act()}>
          {asking ? words.busy : words.verb}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </div>
    </Dialog>
  );
}
