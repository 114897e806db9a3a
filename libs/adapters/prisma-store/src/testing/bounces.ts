import type { AttemptFacts, NewMessage } from '@postern/queue';
import { decide } from '@postern/reports';
import { claim, outcome, outcomes, type Scenario } from './scenario.ts';

const context = { hostname: 'mail.example.org', schedule: { giveUpAfterMs: 5 * 86_400_000 } };

/** Does what is due, as the reporter would. */
export function work({ store }: Scenario) {
  return store.bounces.doWork((due) => decide(due, { ...context, now: new Date() }), 50);
}

/** Accepts messages, and has them refused at RCPT as unknown. */
export function bounce(about: Scenario, ...messages: readonly NewMessage[]): Promise<void> {
  return bounceAs(about, {}, ...messages);
}

/** The same, with another attempt. */
export async function bounceAs(
  { store }: Scenario,
  change: Partial<AttemptFacts>,
  ...messages: readonly NewMessage[]
): Promise<void> {
  await store.accept.accept(messages);
  const claimed = await claim(store);
  const attempt = {
    stage: 'rcpt',
    reply: { from: 'remote', code: 550, enhanced: '5.1.1', text: 'no such user' },
    bounce: { class: 'recipient_unknown', rule: 'recipient-words' },
    ...change,
  } as const;
  await store.delivery.record(
    outcomes(claimed, { kind: 'bounced' }).map((each) =>
      outcome({ ...each, attempt: { ...each.attempt, ...attempt } }),
    ),
  );
}
