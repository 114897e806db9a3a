import type { Command } from 'commander';

/** Fields of the contract that options are named otherwise for; of several, those that were given are meant. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  senderRules: ['--sender'],
  expiresAt: ['--expires'],
  limits: ['--rate', '--recipient-rate', '--max-size', '--max-recipients', '--max-sessions'],
  guard: ['--guard', '--guard-threshold'],
  signedFields: ['--sign-field'],
  delegatedTo: ['--delegate-to'],
  template: ['--uri'],
  channel: ['--require', '--min-version', '--cipher', '--allow-expired'],
  of: ['--domain', '--route', '--credential'],
  subject: ['--sender', '--domain', '--credential', '--route', '--site', '--tag'],
  value: ['--token', '--subject', '--certificate'],
  q: ['query'],
};

/**
 * What a field of a request is called by whoever typed the command: `body.senderRules.0` is `--sender`, and `body.name` is
 * `domain` for a command that takes a domain as its argument. Nothing, where the command has no word for it.
 */
export function saidBy(command: Command, field: string): string | undefined {
  const segments = field.split('.').filter((segment) => !/^[0-9]+$/.test(segment));
  for (const name of segments.slice(field.includes('.') ? 1 : 0)) {
    const found = optionOf(command, name) ?? argumentOf(command, name);
    if (found) return found;
  }
  if (field === 'body.privateKey') return 'standard input';
  return segments[0] === 'params' || field === 'body.name' ? command.registeredArguments[0]?.name() : undefined;
}

function optionOf(command: Command, name: string): string | undefined {
  const long = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const wanted = OPTIONS[name] ?? [long, long.replace(/s$/, ''), long.replace(/es$/, '')];
  const known = command.options.filter((option) => option.long && wanted.includes(option.long));
  const given = known.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
  return (given.length > 0 ? given : known).map(({ long: each }) => each).join(', ') || undefined;
}

function argumentOf(command: Command, name: string): string | undefined {
  return [name, ...(OPTIONS[name] ?? [])].find((word) =>
    command.registeredArguments.some((argument) => argument.name() === word),
  );
}
