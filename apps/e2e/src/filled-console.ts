import type { Page } from 'playwright-core';
import { createCredential } from './browser.ts';
import type { ConsoleWorld } from './console-world.ts';
import { recordAttempt, storeMail } from './stored-mail.ts';

/** Something of everything that has a page. */
export async function fillConsole({ store }: ConsoleWorld, page: Page): Promise<void> {
  await createCredential(page, 'app1');
  const deferred = { kind: 'deferred', dueAt: new Date(Date.now() + 300_000), maybeDelivered: false } as const;
  const mail = await storeMail(store, { message: { subject: 'late' } });
  await recordAttempt(store, mail, deferred);
  const ask = async (path: string, body: object) => {
    const status = await page.evaluate(
      async ([to, json]) => {
        const headers = { 'content-type': 'application/json' };
        return (await fetch(`/api/v1/${to}`, { method: 'POST', headers, body: json ?? '' })).status;
      },
      [path, JSON.stringify(body)],
    );
    if (status >= 300) throw new Error(`${path}: ${status}`);
  };
  await ask('networks', { cidr: '10.1.0.0/16', limits: { messagesPerHour: 100 } });
  await ask('credentials/app1/update', { limits: { messagesPerHour: 100, maxSessions: 5 }, owner: 'Shop team' });
  await ask('domains', { name: 'lab.example' });
  await ask('suppressions', { address: 'gone@receiver.example', reason: 'asked for it' });
  await ask('routes', { name: 'upstream', host: 'smtp.lab.example', domains: ['elsewhere.example'] });
  await ask('sources', { name: 'out1', addresses: ['127.0.0.1'], ehloName: 'out1.lab.example', warmUp: [50, 100] });
  await ask('retry-plans', { scope: 'route', subject: 'upstream', delaysSeconds: [60], giveUpSeconds: 3600 });
  await ask('saved-views', { name: 'Late', query: 'state:deferred' });
  await ask('operations', { kind: 'hold', query: 'to:@nowhere.example', reason: 'a test' });
  await store.pool.query(
    "insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts) values ('credential.departure', 'warning', 'credential', 'x', 'app1', 'sends ten times its usual', '{}')",
  );
}
