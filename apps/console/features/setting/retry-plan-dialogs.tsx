'use client';

import { RETRY_SCOPES, newProblem, type RetryPlan } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told } from '../form/told.ts';
import { RetryPlanFields, subjectOf, timesOf, toldOfPlan } from './retry-plan-fields.tsx';
import { spanOf } from './spans.ts';

interface Props {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

const show = () => browserApi.listRetryPlans();

/** Sets a plan for mail that has none of its own. */
export function AddRetryPlan({ onClose, onDone }: Props) {
  return (
    <EditDialog
      title="Set a retry plan"
      says="When deferred mail is tried again and when it is given up. The plan of a tag counts before that of a site or a route, and these before the plan of all other mail."
      verb="Set it"
      busy="Setting…"
      show={show}
      tells={({ items }) => items.map((plan) => told(plan.id, subjectOf(plan), plan.delaysSeconds.map(spanOf)))}
      submit={async (form, options, { items }) => {
        const scope = RETRY_SCOPES.find((each) => each === textOf(form, 'scope')) ?? 'site';
        const subject = scope === 'default' ? '' : textOf(form, 'subject');
        if (items.some((plan) => plan.id !== '' && plan.scope === scope && plan.subject === subject.toLowerCase()))
          return { problem: newProblem('conflict', `There is a plan for ${subjectOf({ scope, subject })}: change it`) };
        return browserApi.setRetryPlan({ body: { scope, subject, ...timesOf(form), ...reasonOf(form) } }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(_, problem) => (
        <>
          <RetryPlanFields plan={undefined} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}

/** Changes the times of a plan. */
export function ChangeRetryPlan({ plan, onClose, onDone }: Props & { readonly plan: RetryPlan }) {
  const { scope, subject } = plan;
  const own = (items: readonly RetryPlan[]) =>
    items.find((each) => each.scope === scope && each.subject === subject) ?? plan;
  return (
    <EditDialog
      title={`Retry plan: ${subjectOf(plan)}`}
      says="It counts from the next attempt on, for mail that waits too."
      verb="Change it"
      busy="Changing…"
      show={show}
      tells={({ items }) => toldOfPlan(own(items))}
      submit={(form, options) =>
        browserApi.setRetryPlan({ body: { scope, subject, ...timesOf(form), ...reasonOf(form) } }, options)
      }
      onDone={onDone}
      onClose={onClose}
    >
      {({ items }, problem) => (
        <>
          <RetryPlanFields plan={own(items)} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
