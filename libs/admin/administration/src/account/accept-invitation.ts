import { ROUTES, type Invitation, type RequestOf, type ResponseOf } from '@postern/admin-contract';
import { hashSecret } from '@postern/credentials';
import type { Context } from '../context.ts';
import { conflict, done, invalid, notFound, type Outcome } from '../outcome.ts';
import { parseRequest } from '../parse-request.ts';
import { hashPassword } from './password.ts';

/** Who holds the link of an invitation is nobody yet: what is done is done in the name of the one who was invited. */
type Guest = Pick<Context, 'store' | 'keys'> & { readonly address: string };

const GONE = 'invitation with this link; it may have been used, revoked, or have ended';

/** Whom an invitation is for. One that is not open is none. */
export async function showInvitation(
  guest: Guest,
  request: RequestOf<typeof ROUTES.showInvitation>,
): Promise<Outcome<ResponseOf<typeof ROUTES.showInvitation>>> {
  const parsed = parseRequest(ROUTES.showInvitation, request);
  if ('errors' in parsed) return invalid(parsed.errors);
  const found = await openInvitation(guest, parsed.request.body.token);
  if (!found) return notFound(GONE);
  const { email, name, role, expiresAt } = found;
  return done({ email, name, role, expiresAt });
}

/** Makes the account that an invitation is for, once. */
export async function acceptInvitation(
  guest: Guest,
  request: RequestOf<typeof ROUTES.acceptInvitation>,
): Promise<Outcome<undefined>> {
  const parsed = parseRequest(ROUTES.acceptInvitation, request);
  if ('errors' in parsed) return invalid(parsed.errors);
  const { token, name, password } = parsed.request.body;
  const found = await openInvitation(guest, token);
  if (!found) return notFound(GONE);
  const passwordHash = await hashPassword(password);
  return guest.store.change(async (changes) => {
    const accepted = await changes.acceptInvitation(found.id);
    if (!accepted) return notFound(GONE);
    const { email, role } = accepted;
    const account = await changes.addAccount({ email, name, role, passwordHash });
    if (!account) return conflict(`There is an account ${email} already`);
    const actor = {
      kind: 'person',
      id: account.id,
      name: email,
      permissions: new Set([]),
      address: guest.address,
    } as const;
    const subject = { subjectId: account.id, subjectName: email };
    const facts = { role, invitation: found.id, invitedBy: found.createdBy };
    await changes.audit({ actor, action: 'invitation.accept', ...subject, reason: undefined, facts });
    return done(undefined);
  });
}

async function openInvitation({ store, keys }: Guest, token: string): Promise<Invitation | undefined> {
  const found = await store.findInvitation({ tokenHash: hashSecret(keys.apiKeyHashKey, token) });
  return found?.state === 'open' ? found : undefined;
}
