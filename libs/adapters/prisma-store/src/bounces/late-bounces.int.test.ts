import { readReport } from '@postern/dsn';
import type { ReturnedReport } from '@postern/reports';
import { expect, test } from 'vitest';
import { work } from '../testing/bounces.ts';
import { claim, message, messageTo, outcomes, scenario } from '../testing/scenario.ts';

test('a bounce after the delivery counts once, its sender is told once, and three of an address suppress it', async () => {
  const about = await scenario();
  const { store, sql } = about;
  for (const suppressed of [0, 0, 1]) {
    const given = message();
    await store.accept.accept([given]);
    await store.delivery.record(outcomes(await claim(store)));
    await Promise.all([
      store.returned.keepReturned([failure(given.id)]),
      store.returned.keepReturned([failure(given.id)]),
    ]);
    expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
    await sql(`update waiting_recipients set due_at = 'infinity'`);
    expect(await sql('select source from suppressions')).toEqual(suppressed ? [{ source: 'returned' }] : []);
  }
  expect(
    await sql(
      `select outcome, class, sum(recipients)::int as n from outcome_changes where outcome = 'returned' group by 1, 2`,
    ),
  ).toEqual([{ outcome: 'returned', class: 'recipient_unknown', n: 3 }]);
  const [dsn] = await sql<{ octets: Buffer }>(
    `select octets from contents c join messages m on m.id = c.message_id where m.reverse_path = '' limit 1`,
  );
  expect(readReport(dsn?.octets ?? Buffer.alloc(0))).toMatchObject({
    recipients: [
      {
        finalRecipient: 'rcpt@example.com',
        action: 'failed',
        status: '5.1.1',
        remoteMta: 'mx.b.example',
        diagnostic: '550 5.1.1 no such user',
      },
    ],
  });
  expect(dsn?.octets.toString()).toContain('and came back');
  // A delivery lifts what a refusal of RCPT proved, and not this: such hosts take everything first.
  await store.bounces.liftSuppressions();
  expect(await sql('select source from suppressions')).toHaveLength(1);
  const reports = await store.admin.listReturnedReports({ after: undefined, limit: 10, order: 'descending' }, {});
  expect(reports.map(({ effect }) => effect).sort()).toEqual([
    'repeated',
    'repeated',
    'repeated',
    'suppressed',
    'told',
    'told',
  ]);
  expect(reports[0]).toMatchObject({
    recipient: 'rcpt@example.com',
    named: 'rcpt@example.com',
    kind: 'dsn',
    reportingMta: 'mx.b.example',
  });
  expect(
    await store.admin.listReturnedReports({ after: reports[4]?.id, limit: 10, order: 'descending' }, { kind: 'dsn' }),
  ).toHaveLength(1);
});

test('a report proves nothing about an address that it does not name, nor about one of several, nor about mail that failed here', async () => {
  const about = await scenario();
  const { store, sql } = about;
  for (let times = 0; times < 4; times += 1) {
    const [other, several] = [message(), messageTo(2)];
    await store.accept.accept([other, several]);
    await store.delivery.record(outcomes(await claim(store)));
    await store.returned.keepReturned([
      { ...failure(other.id), recipients: ['victim@example.com'] },
      { ...failure(several.id), recipients: ['rcpt1@example.com'] },
      { ...failure(several.id), recipients: ['victim@example.com'] },
    ]);
  }
  const bounced = message();
  await store.accept.accept([bounced]);
  await store.delivery.record(outcomes(await claim(store), { kind: 'bounced' }));
  await store.returned.keepReturned([failure(bounced.id)]);
  expect(await sql('select address from suppressions')).toEqual([]);
  expect(await sql('select address from suppression_strikes')).toEqual([]);
  const reports = await store.admin.listReturnedReports({ after: undefined, limit: 50, order: 'descending' }, {});
  expect(reports.filter(({ recipient }) => recipient === null).map(({ named, effect }) => [named, effect])).toEqual(
    Array.from({ length: 4 }, () => ['victim@example.com', 'none']),
  );
  expect(reports[0]).toMatchObject({ messageId: bounced.id, effect: 'repeated' });
});

test('reports about each recipient of a list, one by one, make one DSN to its sender', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const given = messageTo(3);
  await store.accept.accept([given]);
  await store.delivery.record(outcomes(await claim(store)));
  for (const number of [1, 2, 3])
    await store.returned.keepReturned([{ ...failure(given.id), recipients: [`rcpt${number}@example.com`] }]);
  expect(await work(about)).toEqual({ messages: 0, dsns: 0 });
  await sql('update bounce_work set due_at = now()');
  expect(await work(about)).toEqual({ messages: 1, dsns: 1 });
});

test('tries at return-paths are added up by what their token was', async () => {
  const { store } = await scenario();
  await store.returned.countTries(new Map([['forged', 2]]));
  await store.returned.countTries(
    new Map([
      ['forged', 3],
      ['expired', 1],
    ]),
  );
  expect(await store.admin.returnPathTries()).toEqual(
    new Map([
      ['expired', 1],
      ['forged', 5],
    ]),
  );
});

function failure(messageId: string): ReturnedReport {
  return {
    messageId,
    recipients: ['rcpt@example.com'],
    kind: 'dsn',
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 5.1.1 no such user',
    feedbackType: undefined,
    class: 'recipient_unknown',
    clientAddress: '127.0.0.1',
    reportingMta: 'mx.b.example',
  };
}
