import { formatSenderRule, parseSenderRule } from '@postern/credentials';
import { readReference } from '../credential/reference.ts';
import { done, invalid, notFound, type Outcome } from '../outcome.ts';
import type { CredentialReads } from '../ports/credential-admin.ts';
import { parseDomainPattern } from '../route/route-fields.ts';

export interface Subject {
  /** As waiting mail is compared with it. */
  readonly subject: string;
  readonly name: string;
}

/** Reads what a suspension is about. */
export async function readSubject(
  store: CredentialReads,
  { scope, subject }: { readonly scope: 'all' | 'credential' | 'sender' | 'domain'; readonly subject: string },
): Promise<Outcome<Subject>> {
  switch (scope) {
    case 'all':
      return subject === '' ? done({ subject, name: 'all mail' }) : refuse('Expected nothing: it is about all mail');
    case 'credential': {
      const reference = readReference(subject);
      const credential = reference && (await store.findCredential(reference));
      return credential ? done({ subject: credential.id, name: credential.name }) : notFound(`credential ${subject}`);
    }
    case 'sender': {
      const rule = parseSenderRule(subject);
      if (!rule || rule.kind === 'any') return refuse('Expected an address a@example.org, a domain @example.org or <>');
      const name = formatSenderRule(rule).toLowerCase();
      return done({ subject: name === '<>' ? '' : name, name });
    }
    case 'domain': {
      const pattern = parseDomainPattern(subject.startsWith('@') ? subject.slice(1) : subject);
      if (pattern === undefined || pattern === '*') return refuse('Expected a domain example.com or *.example.com');
      return done({ subject: pattern, name: pattern });
    }
  }
}

function refuse(message: string) {
  return invalid([{ field: 'body.subject', message }]);
}
