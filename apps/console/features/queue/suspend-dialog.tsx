'use client';

import type { QueueDetail } from '@postern/admin-contract';
import { formatCountOf } from '@postern/console-ui';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { HowLong, untilOf } from '../suspension/how-long.tsx';
import { depthOf } from './merge-queues.ts';

/** Suspends a queue for a while, which ends by itself, or until someone resumes it. */
export function SuspendDialog(props: {
  readonly queue: QueueDetail;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}) {
  const { queue } = props;
  return (
    <FormDialog
      title="Suspend this queue"
      says={`Nothing is sent from it meanwhile; ${formatCountOf(depthOf(queue), 'recipient', 'recipients')} will wait. What is under way is finished.`}
      verb="Suspend this queue"
      busy="Suspending…"
      submit={(form) => {
        return browserApi.suspendQueue({ params: { id: queue.id }, body: { until: untilOf(form), ...reasonOf(form) } });
      }}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      {() => (
        <>
          <HowLong />
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
