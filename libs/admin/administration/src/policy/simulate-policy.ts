import { ROUTES } from '@postern/admin-contract';
import { parseDomain } from '@postern/smtp';
import { done, invalid } from '../outcome.ts';
import { FieldReader } from '../read-fields.ts';
import { verb } from '../verb.ts';

const DAY_MS = 86_400_000;

/** Which deliveries of the last days went over TLS that did not prove the mail host, or over none. */
export const simulatePolicy = verb(ROUTES.simulatePolicy, async ({ store, clock }, { body }) => {
  const fields = new FieldReader();
  const read = (at: string, text: string) => fields.read(at, parseDomain(text), 'a domain: example.com');
  const domains = fields.each('body.domains', body.domains, { read, format: String });
  if (fields.errors.length > 0) return invalid(fields.errors);
  const since = new Date(clock.now().getTime() - body.days * DAY_MS);
  const found = await Promise.all(domains.map((domain) => store.deliveriesByProof(domain, since)));
  return done({
    since: since.toISOString(),
    domains: found.map(({ deliveries, unproved, reasons }, index) => ({
      domain: domains[index] ?? '',
      deliveries,
      wouldHaveFailed: unproved,
      reasons: [...reasons],
    })),
  });
});
