import type { Store } from '@postern/prisma-store';
import type { Page } from 'playwright-core';
import { recordAttempt, type StoredMail, storeMail } from './stored-mail.ts';

/** A formula, elements, the ends of a quoted attribute and of a script, and a mark that turns the direction of writing. */
export const HOSTILE = `=cmd|'<b class="planted"><img src=x onerror=alert(1)>"'></script><script>alert(2)</script>\u202e`;

/** Columns with what people, clients, hosts and the DNS say. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  people: ['name'],
  sessions: ['user_agent'],
  invitations: ['name', 'created_by'],
  credentials: ['note', 'owner', 'tag', 'last_used_tls'],
  listed_networks: ['note', 'owner', 'tag', 'rewrite_from', 'last_used_tls'],
  suspensions: ['name', 'reason'],
  delivery_queues: ['suspended_reason'],
  events: ['subject_name', 'text'],
  saved_views: ['name', 'query'],
  operations: ['query', 'reason', 'target_name', 'actor_name', 'fault'],
  suppressions: ['evidence', 'created_by'],
  tls_rules: ['reason', 'created_by'],
  tls_reports_received: ['organization', 'report_id', 'signed_by'],
  returned_reports: ['diagnostic', 'feedback_type', 'named', 'reporting_mta'],
  routes: ['username'],
  route_health: ['text'],
  pace_changes: ['reply_text', 'host', 'rule'],
  api_keys: ['created_by'],
  bounce_rule_sets: ['created_by'],
};

/** Something of everything that has a page, and in all of it what would act if it were not text. */
export async function hostileStore(store: Store, page: Page): Promise<StoredMail> {
  const site = `mx.${HOSTILE}.example`;
  const origin = { listener: 'submission', clientAddress: '127.0.0.1', clientName: HOSTILE, tls: undefined } as const;
  const message = {
    reversePath: `"${HOSTILE}"@lab.example`,
    headerFrom: `"${HOSTILE}" <app@lab.example>`,
    subject: HOSTILE,
    messageIdField: `<${HOSTILE}@lab.example>`,
    origin: { ...origin, credentialId: undefined, networkId: undefined },
  };
  const facts = {
    host: site,
    policy: HOSTILE,
    reply: { from: 'remote', code: 551, enhanced: '5.7.1', text: HOSTILE },
    tls: { protocol: 'TLSv1.3', cipher: HOSTILE, verified: false, certificate: HOSTILE },
  } as const;
  const bounced = await storeMail(store, { site, message });
  await recordAttempt(store, bounced, { kind: 'bounced' }, facts);
  const mail = await storeMail(store, { site, message });
  const dueAt = new Date(Date.now() + 300_000);
  await recordAttempt(store, mail, { kind: 'deferred', dueAt, maybeDelivered: false }, facts);
  const ask = (path: string, body: object) => post(page, path, body);
  await ask('credentials', { name: 'app1', senderRules: ['@lab.example'] });
  await ask('networks', { cidr: '10.1.0.0/16' });
  await ask('domains', { name: 'lab.example' });
  await ask('domains/lab.example/check', {});
  await ask('suppressions', { address: '"<b>"@receiver.example', reason: HOSTILE });
  await ask('routes', {
    name: 'upstream',
    host: 'smtp.lab.example',
    domains: ['elsewhere.example'],
    user: 'x',
    password: 'x',
  });
  await ask('saved-views', { name: 'Late', query: 'state:deferred' });
  await ask('operations', { kind: 'hold', query: 'to:@nowhere.example', reason: HOSTILE });
  await ask('suspensions', { scope: 'domain', subject: 'elsewhere.example', reason: HOSTILE });
  await ask(`queues/${mail.queueId}/suspend`, { reason: HOSTILE });
  await ask('invitations', { email: 'guest@lab.example', name: 'guest', role: 'auditor' });
  await ask('api-keys', { name: 'ci', permissions: ['ledger:read'] });
  await ask('sources', { name: 'one', pool: 'p', addresses: ['192.0.2.1'], ehloName: 'mail.lab.example' });
  await ask('tls-rules', { scope: 'domain', of: 'elsewhere.example', channel: 'verified', reason: HOSTILE });
  await ask('tls-reports/received', { file: Buffer.from(JSON.stringify(TLS_REPORT)).toString('base64') });
  await more(store, mail);
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const { rowCount } = await store.pool.query(
      `update ${table} set ${columns.map((each) => `${each} = $1`).join(', ')}`,
      [HOSTILE],
    );
    if (!rowCount) throw new Error(`nothing stands in ${table}`);
  }
  return mail;
}

/** What no route makes. */
async function more(store: Store, mail: StoredMail): Promise<void> {
  const { pool } = store;
  const facts = JSON.stringify({ said: HOSTILE, host: HOSTILE });
  await pool.query(
    "insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts) values ('credential.departure', 'warning', 'credential', 'x', 'x', 'x', $1)",
    [facts],
  );
  await pool.query(
    "insert into returned_reports (id, message_id, kind, client_address, class, effect) values (gen_random_uuid(), $1, 'dsn', '192.0.2.1', 'policy-refused', 'told')",
    [mail.id],
  );
  await pool.query(
    "insert into pace_changes (queue_id, kind, before, after, rule, reply_from, reply_code) values ($1, 'lanes', 9, 1, 'x', 'remote', 421)",
    [mail.queueId],
  );
  await pool.query(
    "insert into route_health (queue_id, part, ok, text) select queue_id, 'host', false, 'x' from routes limit 1",
  );
  await pool.query(
    `update sending_domains set "check" = jsonb_set("check", '{lines}', (
       select jsonb_agg(line || jsonb_build_object('found', $1::text, 'about', $1::text)) from jsonb_array_elements("check" -> 'lines') line
     ))`,
    [HOSTILE],
  );
  const rules = JSON.stringify([{ id: HOSTILE, class: 'policy', codes: ['5'], texts: [HOSTILE] }]);
  await pool.query("insert into bounce_rule_sets (version, rules, created_by) values (99, $1, 'x')", [rules]);
}

async function post(page: Page, path: string, body: object): Promise<void> {
  const { status, text } = await page.evaluate(
    async ([to, json]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`/api/v1/${to}`, { method: 'POST', headers, body: json ?? '' });
      return { status: answer.status, text: await answer.text() };
    },
    [path, JSON.stringify(body)],
  );
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
}

const TLS_REPORT = {
  'organization-name': HOSTILE,
  'date-range': { 'start-datetime': '2026-11-01T00:00:00Z', 'end-datetime': '2026-11-01T23:59:59Z' },
  'contact-info': HOSTILE,
  'report-id': HOSTILE,
  policies: [
    {
      policy: {
        'policy-type': 'sts',
        'policy-domain': 'lab.example',
        'policy-string': [HOSTILE],
        'mx-host': [HOSTILE],
      },
      summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 1 },
      'failure-details': [
        {
          'result-type': 'certificate-expired',
          'failed-session-count': 1,
          'receiving-mx-hostname': HOSTILE,
          'failure-reason-code': HOSTILE,
        },
      ],
    },
  ],
};
