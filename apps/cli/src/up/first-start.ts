import type { Context } from '@postern/administration';
import { ensureFirstAccount, verbs } from '@postern/administration';
import type { Configuration } from '@postern/configuration';
import type { Announcement } from './announcement.ts';

/** The name of the credential that a new installation begins with. */
const FIRST_CREDENTIAL = 'first';

/** What a new installation begins with: an account and a credential. What is there already is left alone. */
export async function firstStart(
  context: Context,
  { firstAccount }: Pick<Configuration, 'firstAccount'>,
): Promise<Pick<Announcement, 'account' | 'credential'>> {
  const account = await ensureFirstAccount(context, firstAccount);
  return { account, credential: await firstCredential(context) };
}

async function firstCredential(context: Context): Promise<Announcement['credential']> {
  const listed = await verbs.listCredentials(context, { query: {} });
  if ('refused' in listed) return undefined;
  const [any] = listed.ok.items;
  if (any) return { name: any.name, secret: undefined };
  const made = await verbs.createCredential(context, {
    body: { name: FIRST_CREDENTIAL, senderRules: ['*'], networks: [], expiresAt: null },
  });
  return 'ok' in made ? { name: made.ok.credential.name, secret: made.ok.secret } : undefined;
}
