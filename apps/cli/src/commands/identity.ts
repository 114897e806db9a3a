import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { verbs, type Identity } from '@postern/administration';
import { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { localTime } from '../output/plain.ts';
import type { Column } from '../output/table.ts';
import { answer, because, listed, onDatabase, REASON } from './runner.ts';

const COLUMNS: readonly Column<Identity>[] = [
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'value', value: ({ value }) => value },
  { title: 'bound', value: ({ createdAt }) => localTime(createdAt) },
  { title: 'id', value: ({ id }) => id, whole: true },
];

interface AddOptions {
  readonly certificate?: string;
  readonly subject?: string;
  readonly token?: string;
}

/** `postern identity …` */
export function identityCommand(io: Io): Command {
  const noun = new Command('identity').description('client certificates and tokens that stand for a credential');
  const add = noun
    .command('add')
    .description('bind a client certificate or a token to a credential')
    .argument('<credential>')
    .option('--certificate <file>', 'the certificate: a PEM file, or its SHA-256 fingerprint in hex')
    .option(
      '--subject <subject>',
      'the subject as in "O=Lab, CN=device", or a PEM file that has it (see POSTERN_CLIENT_AUTHORITIES)',
    )
    .option('--token <claim>', "what the claim of the OpenID provider's tokens says (see POSTERN_TOKEN_CLAIM)");
  onDatabase(add, io, async (context, credential: string, options: AddOptions) => {
    const body = await bodyOf(options);
    const identity = answer(await verbs.addIdentity(context, { params: { credential }, body }));
    return { json: identity, text: `The ${identity.kind} ${identity.value} stands for ${credential}.\n` };
  });
  const list = noun.command('list').description('what is bound to a credential').argument('<credential>');
  onDatabase(list, io, async (context, credential: string) => {
    const { items } = answer(await verbs.listIdentities(context, { params: { credential } }));
    return listed(
      COLUMNS,
      items,
      `Nothing is bound to ${credential}: postern identity add binds a certificate or a token.`,
    );
  });
  const remove = noun
    .command('remove')
    .description('bind it no longer')
    .argument('<credential>')
    .argument('<id>', 'the id that `identity list` shows')
    .option(...REASON);
  onDatabase(remove, io, async (context, credential: string, identity: string, why: { readonly reason?: string }) => {
    answer(await verbs.removeIdentity(context, { params: { credential, identity }, body: because(why) }));
    return { json: { removed: identity }, text: `It stands for ${credential} no longer.\n` };
  });
  return noun;
}

async function bodyOf(options: AddOptions): Promise<{ kind: Identity['kind']; value: string }> {
  const { certificate, subject, token } = options;
  if ([certificate, subject, token].filter((given) => given !== undefined).length !== 1)
    throw new CommandFailed('Give one of --certificate, --subject and --token', EXIT.usage);
  if (subject !== undefined)
    return { kind: 'subject', value: subject.includes('=') ? subject : subjectOf(await certificateIn(subject)) };
  if (certificate === undefined) return { kind: 'token', value: token ?? '' };
  const isFingerprint = /^[0-9a-fA-F:]{64,95}$/.test(certificate);
  return {
    kind: 'certificate',
    value: isFingerprint ? certificate : (await certificateIn(certificate)).fingerprint256,
  };
}

function subjectOf({ subject }: X509Certificate): string {
  return subject.replaceAll('\n', ', ');
}

async function certificateIn(file: string): Promise<X509Certificate> {
  try {
    return new X509Certificate(await readFile(file));
  } catch (cause) {
    const because = cause instanceof Error && 'code' in cause ? cause.message : 'it holds no certificate';
    throw new CommandFailed(`${file} cannot be read as a certificate: ${because}`);
  }
}
