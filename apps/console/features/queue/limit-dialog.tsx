'use client';

import type { QueueDetail, QueueLimits } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told } from '../form/told.ts';
import { browserApi } from '../../live/browser-api.ts';

const FIELDS = [
  ['leastLanes', 'Lanes at least'],
  ['mostLanes', 'Lanes at most'],
  ['leastPerMinute', 'Messages a minute at least'],
  ['mostPerMinute', 'Messages a minute at most'],
] as const satisfies readonly (readonly [keyof QueueLimits, string])[];

/** Sets floors and ceilings of a queue's pace; a field that is left empty is as for everyone. */
export function LimitDialog(props: {
  readonly queue: QueueDetail;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}) {
  const params = { id: props.queue.id };
  const { lanes, rate } = props.queue.pace;
  const now = {
    leastLanes: lanes.least,
    mostLanes: lanes.most,
    leastPerMinute: rate.least,
    mostPerMinute: rate.most,
  };
  return (
    <EditDialog
      title="Limit its pace"
      says="Replies move the pace between these floors and ceilings. They count for all delivery processes at once; an empty field is as for everyone."
      verb="Set limits"
      busy="Setting…"
      show={() => browserApi.showQueueLimits({ params })}
      tells={(set) => FIELDS.map(([name, label]) => told(name, label, set[name], 'as for everyone'))}
      submit={(form, options) => {
        const limits = Object.fromEntries(
          FIELDS.map(([name]) => [name, textOf(form, name) === '' ? null : Number(textOf(form, name))]),
        );
        return browserApi.limitQueue({ params, body: { ...limits, ...reasonOf(form) } }, options);
      }}
      onDone={props.onDone}
      onClose={props.onClose}
    >
      {(set, problem) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            {FIELDS.map(([name, label]) => (
              <TextField
                key={name}
                label={label}
                name={name}
                inputMode="decimal"
                defaultValue={set[name] ?? ''}
                placeholder={now[name] === null ? 'no limit' : `${now[name]}, as for everyone`}
                error={faultOf(problem, name)}
                autoComplete="off"
              />
            ))}
          </div>
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
