import { Lock, LockOpen } from 'lucide-react';
import type { Attempt } from '@postern/admin-contract';
import { classNames, formatStep, Instant, OutsideText, STATE_LOOK, TONE_TEXT, Verbatim } from '@postern/console-ui';
import { StepBar } from './step-bar.tsx';
import { whose } from './reply.tsx';

/** How far an attempt had come, as words that follow "ended at". */
const STAGES: Readonly<Record<string, string>> = {
  resolve: 'looking up the mail hosts',
  connect: 'connecting',
  greeting: 'the greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  auth: 'AUTH',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  content: 'the content',
  internal: 'our own side',
};

/** One delivery attempt: for whom (unless it is the message's only recipient), with which host, how protected, what was said, and how long it took. */
export function AttemptCard({ attempt, only }: { readonly attempt: Attempt; readonly only: boolean }) {
  return (
    <article className="pb-5">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className={classNames('font-medium', TONE_TEXT[STATE_LOOK[attempt.outcome].tone])}>
          {attempt.outcome}
        </span>
        {!only && (
          <span className="min-w-0 break-words">
            <OutsideText text={attempt.forwardPath} />
          </span>
        )}
        <span className="text-xs text-ink-soft">
          attempt {attempt.attempt} · <Instant at={attempt.startedAt} /> · {formatStep(attempt.durationMs)}
        </span>
      </header>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-ink-soft">
        <span className="break-all">
          {attempt.host ? (
            <>
              <span className="text-ink">
                <OutsideText text={attempt.host} />
              </span>
              {attempt.address && ` [${attempt.address}]`}
            </>
          ) : (
            'no host reached'
          )}
        </span>
        {attempt.outcome !== 'delivered' && <span>ended at {STAGES[attempt.stage] ?? attempt.stage}</span>}
      </p>
      <Channel attempt={attempt} />
      <figure className="mt-2 rounded-md border border-line bg-sunken px-3 py-2">
        <figcaption className="mb-0.5 text-2xs text-ink-soft">{whose(attempt.reply)}</figcaption>
        <Verbatim text={replyText(attempt)} />
      </figure>
      <StepBar stepsMs={attempt.stepsMs} />
    </article>
  );
}

/** The TLS facts of the channel, and the policy that ruled it. */
function Channel({ attempt }: { readonly attempt: Attempt }) {
  const { tls } = attempt;
  // Without TLS there is still to tell why: `none`, and the failure.
  const encrypted = tls !== null && tls.protocol !== '' && tls.protocol !== 'none';
  const Icon = encrypted ? Lock : LockOpen;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-0.5 text-xs text-ink-soft">
      <span className="inline-flex min-w-0 items-start gap-1.5">
        <Icon
          aria-hidden
          className={classNames('mt-px size-3.5 shrink-0', encrypted ? 'text-good' : 'text-ink-faint')}
        />
        {encrypted ? (
          <span>
            {tls.protocol} {tls.cipher} · certificate {tls.verified ? 'verified' : 'not verified'}
            {tls.certificate && (
              <>
                {' '}
                (<OutsideText text={tls.certificate} />)
              </>
            )}
          </span>
        ) : (
          'no encryption'
        )}
      </span>
      {tls?.failure && <span className="font-medium text-wait">{tls.failure}</span>}
      <span>
        policy: <OutsideText text={attempt.policy} empty="none" />
      </span>
      {attempt.channel && attempt.channel.because !== '' && (
        <span className={classNames('basis-full', attempt.channel.verdict === 'fail' && 'font-medium text-bad')}>
          <OutsideText text={attempt.channel.because} />
        </span>
      )}
    </p>
  );
}

/** The reply as it was recorded, with its codes where its text does not begin with them. */
function replyText({ reply }: Attempt): string {
  if (/^\d{3}[ -]/.test(reply.text)) return reply.text;
  return [String(reply.code), reply.enhanced ?? '', reply.text].filter(Boolean).join(' ');
}
