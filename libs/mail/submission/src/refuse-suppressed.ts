import { reply } from '@postern/smtp';
import { refused, type SubmissionPolicy } from '@postern/smtp-server';
import type { Submitter } from './submitter.ts';
import type { Suppressions } from './suppressions.ts';

/** The same policy, which refuses suppressed recipients at RCPT for the credentials that want to hear it there. */
export function refusingSuppressed(
  policy: SubmissionPolicy<Submitter>,
  suppressions: Suppressions,
): SubmissionPolicy<Submitter> {
  return {
    ...policy,
    rcpt(transaction, recipient) {
      const { principal, reversePath } = transaction;
      if (principal?.kind !== 'credential' || !suppressions.refuses(principal.credential.id))
        return policy.rcpt(transaction, recipient);
      const path = recipient.forwardPath.text;
      const asked = suppressions.find([path], reversePath.text);
      if (asked === undefined) return policy.rcpt(transaction, recipient);
      return asked.then((found) => {
        const why = found.get(path.toLowerCase());
        return why === undefined ? policy.rcpt(transaction, recipient) : refused(reply(550, '5.1.1', why));
      });
    },
  };
}
