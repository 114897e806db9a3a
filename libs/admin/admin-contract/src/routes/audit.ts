import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery, sorted } from '../shapes.ts';

/** Who did what to which thing, when, from where and why. */
export const auditEntry = z
  .object({
    /** Its number: entries are only ever added. */
    id: z.string(),
    at: instant,
    actor: z.object({
      /** A person, a program with an API key, an operator at the command line, or Postern itself. */
      kind: z.string(),
      name: z.string(),
      /** Where the request came from; null at the command line. */
      address: z.string().nullable(),
    }),
    /** Noun and verb: `credential.create`. */
    action: z.string(),
    subject: z.object({ id: z.string(), name: z.string() }),
    reason: z.string().nullable(),
    /** What else was decided; never a secret. */
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.output<typeof auditEntry>;

export const AUDIT_ROUTES = {
  listAudit: route({
    method: 'GET',
    path: '/api/v1/audit',
    tag: 'Audit',
    summary: 'What operators did, the latest first',
    permission: 'audit:read',
    query: pageQuery.extend({
      /** The actor's name, exactly. */
      actor: z.string().trim().min(1).max(254).optional(),
      /** A noun, or a noun and a verb: `credential`, `credential.create`. */
      action: z
        .string()
        .trim()
        .regex(/^[a-z-]{1,40}(?:\.[a-z-]{1,40})?$/, 'A noun, or noun.verb: credential, credential.create')
        .optional(),
      /** The subject's name or id, exactly. */
      subject: z.string().trim().min(1).max(320).optional(),
      /** Only what was done at or after this instant. */
      after: instant.optional(),
      /** Only what was done before this instant. */
      before: instant.optional(),
      ...sorted(['at'], 'descending'),
    }),
    status: 200,
    response: page(auditEntry),
    problems: [],
  }),
};
