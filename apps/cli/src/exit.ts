import type { Refusal } from '@postern/administration';

/** What the command answers to the shell. */
export const EXIT = { done: 0, refused: 1, usage: 2, configuration: 78 } as const;

/** Ends a command: it was refused, or cannot be done. The message says what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number;
  readonly refusal: Refusal | undefined;

  constructor(message: string, exitCode: number = EXIT.refused, refusal?: Refusal) {
    super(message);
    this.exitCode = exitCode;
    this.refusal = refusal;
  }
}

/** The end of a command that a verb refused: a value that is none is wrong usage, everything else a refusal. */
export function failureOf(refusal: Refusal): CommandFailed {
  const message = refusal.errors
    ? refusal.errors.map(({ field, message: says }) => `${optionOf(field)}: ${says}`).join('\n')
    : refusal.detail;
  return new CommandFailed(message, refusal.code === 'invalid-request' ? EXIT.usage : EXIT.refused, refusal);
}

const OPTIONS: Readonly<Record<string, string>> = {
  senderRules: '--sender',
  networks: '--network',
  expiresAt: '--expires',
  retireAt: '--retire-at',
  retireNow: '--retire-now',
  limits: '--rate',
  guard: '--guard-threshold',
  domains: '--domain',
  rewriteFrom: '--rewrite-from',
  signedFields: '--sign-field',
  delegatedTo: '--delegate-to',
  privateKey: 'standard input',
  q: 'query',
  query: 'query',
};

/** `body.senderRules.0` is `--sender` to whoever typed it. */
function optionOf(field: string): string {
  const name = field.split('.')[1] ?? field;
  return OPTIONS[name] ?? (field.startsWith('body.') && name !== 'cidr' ? `--${name}` : name);
}
