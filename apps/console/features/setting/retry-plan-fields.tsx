'use client';

import { RETRY_SCOPES, type Problem, type RetryPlan } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { linesOf, textOf } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';
import { secondsOf, spanOf } from './spans.ts';

const SCOPE_WORDS: Readonly<Record<RetryPlan['scope'], string>> = {
  default: 'all other mail',
  route: 'the mail of a route',
  site: 'the mail of a site',
  tag: 'the mail of credentials with a tag',
};

/** Whose mail a plan is for, in words. */
export function subjectOf({ scope, subject }: Pick<RetryPlan, 'scope' | 'subject'>): string {
  return scope === 'default' ? SCOPE_WORDS.default : `${scope} ${subject}`;
}

/** The fields of a plan; of one that is there, whose mail it is for stays. */
export function RetryPlanFields(props: {
  readonly plan: RetryPlan | undefined;
  readonly problem: Problem | undefined;
}) {
  const { plan, problem } = props;
  const fault = (field: string) => faultOf(problem, field);
  const plain = { autoComplete: 'off', spellCheck: false } as const;
  return (
    <>
      {!plan && (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label="It is for" name="scope" defaultValue="site">
            {RETRY_SCOPES.map((scope) => (
              <option key={scope} value={scope}>
                {SCOPE_WORDS[scope]}
              </option>
            ))}
          </SelectField>
          <TextField label="Route, site or tag" name="subject" maxLength={2000} {...plain} error={fault('subject')} />
        </div>
      )}
      <TextField
        label="Tried again after"
        hint="The waits after the first, second … attempt; the last one repeats: 5m, 10m, 30m, 1h, 2h, 4h."
        name="delays"
        required
        defaultValue={plan?.delaysSeconds.map(spanOf).join(', ')}
        {...plain}
        error={fault('delaysSeconds') && 'Write waits as 30s, 5m, 2h or 1d, of seven days at most.'}
      />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <TextField
          label="Given up after"
          hint="Since it was accepted: 5d."
          name="giveUp"
          required
          defaultValue={plan && spanOf(plan.giveUpSeconds)}
          {...plain}
          error={fault('giveUpSeconds') && 'Write it as 5m, 12h or 5d, of 30 days at most.'}
        />
        <TextField
          label="Its sender is told of a delay after"
          hint="Empty: 4h."
          name="notice"
          defaultValue={plan?.delayNoticeSeconds ? spanOf(plan.delayNoticeSeconds) : ''}
          {...plain}
          error={fault('delayNoticeSeconds') && 'Write it as 30m, 4h or 1d, of 20 days at most.'}
        />
      </div>
    </>
  );
}

/** What was written into them. */
export function timesOf(form: FormData) {
  const notice = textOf(form, 'notice');
  return {
    delaysSeconds: linesOf(form, 'delays').map(secondsOf),
    giveUpSeconds: secondsOf(textOf(form, 'giveUp')),
    ...(notice === '' ? {} : { delayNoticeSeconds: secondsOf(notice) }),
  };
}

/** What they say of a plan. */
export function toldOfPlan(plan: RetryPlan): readonly Told[] {
  return [
    told('delays', 'Tried again after', plan.delaysSeconds.map(spanOf)),
    told('giveUp', 'Given up after', spanOf(plan.giveUpSeconds)),
    told('notice', 'Its sender is told of a delay after', spanOf(plan.delayNoticeSeconds ?? 14_400)),
  ];
}
