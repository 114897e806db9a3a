'use client';

import { useEffect, useState } from 'react';
import type { Credential, WithdrawnCredential } from '@postern/admin-contract';
import { formatCount, formatCountOf, SelectField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { DoneDialog } from '../form/done-dialog.tsx';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { ProblemCallout } from '../problem/problem-callout.tsx';

type What = 'disable' | 'revoke' | 'leak';
type Queue = 'keep' | 'hold' | 'purge';

const WORDS: Readonly<Record<What, { title: string; says: string; verb: string; busy: string; queue: Queue }>> = {
  disable: {
    title: 'Disable',
    says: 'It is refused until it is enabled again, and its open sessions end.',
    verb: 'Disable',
    busy: 'Disabling…',
    queue: 'keep',
  },
  revoke: {
    title: 'Revoke',
    says: 'It is refused for good, and its open sessions end. This cannot be taken back.',
    verb: 'Revoke',
    busy: 'Revoking…',
    queue: 'keep',
  },
  leak: {
    title: 'Stop the leak of',
    says: 'In one move: it is revoked for good, its open sessions end, and what it has queued is held or purged.',
    verb: 'Stop the leak',
    busy: 'Stopping it…',
    queue: 'hold',
  },
};

/** Takes a credential out of use and its queued mail out of the way: counts first, asks why, and tells what was done. */
export function WithdrawDialog(props: {
  readonly credential: Credential;
  readonly what: What;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { credential, what, onClose, onDone } = props;
  const words = WORDS[what];
  const params = { credential: credential.id };
  const ask = what === 'disable' ? browserApi.disableCredential : browserApi.revokeCredential;
  const waiting = useWaiting(credential);
  const [queue, setQueue] = useState<Queue>(words.queue);
  const title = `${words.title} ${credential.name}`;
  const moved = (done: WithdrawnCredential) => (
    <DoneDialog title={title} done={`${done.name} is ${done.state}; its sessions have ended`} onClose={onClose}>
      {sayMoved(done.moved, queue)}
    </DoneDialog>
  );
  return (
    <FormDialog
      title={title}
      says={words.says}
      verb={verbOf(words.verb, queue, waiting)}
      busy={words.busy}
      kind="danger"
      submit={(form) => ask({ params, body: { queue, ...reasonOf(form) } })}
      onDone={onDone}
      onClose={onClose}
      {...(queue === 'keep' ? {} : { shows: moved })}
    >
      {(problem) => (
        <>
          {problem?.errors && <ProblemCallout problem={problem} />}
          <p aria-live="polite" className="text-sm">
            {waiting === undefined
              ? 'Counting its mail…'
              : waiting === 0
                ? 'None of its mail waits or is held.'
                : `${formatCountOf(waiting, 'recipient', 'recipients')} of its mail ${waiting === 1 ? 'waits or is' : 'wait or are'} held.`}
          </p>
          <SelectField
            label="What becomes of mail that waits or is held"
            value={queue}
            onChange={(event) => setQueue(queueOf(event.target.value))}
          >
            {what !== 'leak' && <option value="keep">It goes on as it is</option>}
            <option value="hold">Hold it, until somebody has looked</option>
            <option value="purge">Purge it: cancelled for good, without a word to the senders</option>
          </SelectField>
          <ReasonField {...(what === 'leak' ? { required: true as const } : {})} />
        </>
      )}
    </FormDialog>
  );
}

/** How many of its recipients have not ended; undefined until it is known. */
function useWaiting({ id }: Credential): number | undefined {
  const [waiting, setWaiting] = useState<number | undefined>(undefined);
  useEffect(() => {
    void browserApi.showCredentialUsage({ params: { credential: id } }).then((result) => {
      if ('ok' in result) setWaiting(result.ok.waiting);
    });
  }, [id]);
  return waiting;
}

function verbOf(verb: string, queue: Queue, waiting: number | undefined): string {
  if (queue === 'keep' || !waiting) return verb;
  return `${verb}, ${queue} ${formatCount(waiting)}`;
}

function sayMoved(moved: number, queue: Queue): string {
  const what = queue === 'hold' ? 'held' : 'cancelled';
  return `${formatCountOf(moved, 'recipient was', 'recipients were')} ${what}.`;
}

function queueOf(text: string): Queue {
  return text === 'hold' || text === 'purge' ? text : 'keep';
}
