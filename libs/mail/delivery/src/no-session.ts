import type { AttemptStage, RecordedChannel, RecordedReply, RecordedTls } from '@postern/queue';

/** Why there is no session with a next hop; the reply's first digit says whether to come back. */
export interface NoSession {
  readonly stage: AttemptStage;
  readonly reply: RecordedReply;
  /** What the host said, where `reply` is our account of it. */
  readonly heard?: RecordedReply;
  readonly host?: string;
  readonly address?: string;
  readonly tls?: RecordedTls;
  readonly policy?: string;
  readonly channel?: RecordedChannel | undefined;
  /** The time that its sender gave the message is over. */
  readonly expired?: boolean;
  readonly stepsMs: Readonly<Record<string, number>>;
}

/** A reply of ours, where no remote host spoke. */
export function localReply(code: number, enhanced: string, text: string): RecordedReply {
  return { from: 'local', code, enhanced, text };
}
