'use client';

import type { QueueDetail } from '@postern/admin-contract';
import { formatCountOf, SelectField } from '@postern/console-ui';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { depthOf } from './merge-queues.ts';

const HOURS = [
  ['1', 'for an hour'],
  ['4', 'for four hours'],
  ['24', 'for a day'],
  ['', 'until someone resumes it'],
] as const;

/** Suspends a queue for a while, which ends by itself, or until someone resumes it. */
export function SuspendDialog(props: {
  readonly queue: QueueDetail;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { queue } = props;
  return (
    <FormDialog
      title="Suspend this queue"
      says={`Nothing is sent from it meanwhile; ${formatCountOf(depthOf(queue), 'recipient', 'recipients')} will wait. What is under way is finished.`}
      verb="Suspend this queue"
      busy="Suspending…"
      submit={(form) => {
        const hours = Number(textOf(form, 'hours'));
        const until = hours > 0 ? new Date(Date.now() + hours * 3_600_000).toISOString() : null;
        return browserApi.suspendQueue({ params: { id: queue.id }, body: { until, ...reasonOf(form) } });
      }}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      {() => (
        <>
          <SelectField label="How long" name="hours" defaultValue="1">
            {HOURS.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </SelectField>
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
