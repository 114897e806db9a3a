import type { CredentialsStep, ScramLookup, ServerStep } from '@postern/sasl';
import type { Client } from './client.ts';
import type {
  Authentication,
  ContentVerdict,
  MailVerdict,
  Principal,
  Recipient,
  SubmissionPolicy,
  Transaction,
  Verdict,
} from './policy.ts';

/** What the session asks the policy. */
export type Question =
  | { readonly about: 'connected'; readonly client: Client }
  | {
      readonly about: 'verifiers';
      readonly name: string;
      readonly client: Client;
      readonly next: (known: ScramLookup) => ServerStep;
    }
  | { readonly about: 'authenticate'; readonly step: CredentialsStep; readonly client: Client }
  | { readonly about: 'mail'; readonly transaction: Transaction }
  | { readonly about: 'rcpt'; readonly transaction: Transaction; readonly recipient: Recipient }
  | { readonly about: 'content'; readonly transaction: Transaction };

/** What the policy said, and to which question. `failed`: it threw. */
export type Answer =
  | { readonly about: 'connected'; readonly verdict: Verdict }
  | { readonly about: 'verifiers'; readonly step: ServerStep }
  | { readonly about: 'authenticate'; readonly step: CredentialsStep; readonly verdict: Authentication<Principal> }
  | { readonly about: 'mail'; readonly verdict: MailVerdict<Principal> }
  | { readonly about: 'rcpt'; readonly verdict: Verdict }
  | { readonly about: 'content'; readonly verdict: ContentVerdict }
  | { readonly about: 'failed' };

/** Puts a question to a policy. Rejects when the policy does. */
export async function ask(policy: SubmissionPolicy, question: Question): Promise<Answer> {
  switch (question.about) {
    case 'connected':
      return { about: 'connected', verdict: await policy.connected(question.client) };
    case 'verifiers':
      return { about: 'verifiers', step: question.next(await policy.verifiers(question.name, question.client)) };
    case 'authenticate': {
      const { step, client } = question;
      return { about: 'authenticate', step, verdict: await policy.authenticate(step.credentials, client) };
    }
    case 'mail':
      return { about: 'mail', verdict: await policy.mail(question.transaction) };
    case 'rcpt':
      return { about: 'rcpt', verdict: await policy.rcpt(question.transaction, question.recipient) };
    case 'content':
      return { about: 'content', verdict: await policy.content(question.transaction) };
  }
}

/** An answer that came when the client was gone: a sink that was opened for it hears of it. */
export function abandon(answer: Answer): void {
  if (answer.about === 'content' && answer.verdict.kind === 'accepted') answer.verdict.sink.abort('disconnected');
}
