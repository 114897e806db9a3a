import type { Invitation, InvitationChanges, InvitationReads } from '@postern/administration';
import type { Invitation as Row } from '../generated/client.ts';
import { instant, type Db } from './client.ts';

/** Invitations, read. */
export function invitationReads(db: Db): InvitationReads {
  return {
    async listInvitations({ after, limit }) {
      const before = after === undefined ? null : await db.invitation.findUnique({ where: { id: after } });
      const rows = await db.invitation.findMany({
        where: before
          ? { OR: [{ createdAt: { lt: before.createdAt } }, { createdAt: before.createdAt, id: { lt: before.id } }] }
          : {},
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map(viewOf);
    },
    async findInvitation(reference) {
      const where = 'id' in reference ? reference : { tokenHash: new Uint8Array(reference.tokenHash) };
      const row = await db.invitation.findUnique({ where });
      return row ? viewOf(row) : undefined;
    },
  };
}

/** Invitations, changed. */
export function invitationChanges(db: Db): InvitationChanges {
  const close = async (id: string, data: { readonly acceptedAt: Date } | { readonly revokedAt: Date }) => {
    const open = { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } };
    const { count } = await db.invitation.updateMany({ where: open, data });
    const row = count === 1 ? await db.invitation.findUnique({ where: { id } }) : null;
    return row ? viewOf(row) : undefined;
  };
  return {
    async addInvitation({ tokenHash, ...given }) {
      return viewOf(await db.invitation.create({ data: { ...given, tokenHash: new Uint8Array(tokenHash) } }));
    },
    revokeInvitation: (id) => close(id, { revokedAt: new Date() }),
    acceptInvitation: (id) => close(id, { acceptedAt: new Date() }),
  };
}

function viewOf({ id, email, name, role, createdAt, createdBy, expiresAt, acceptedAt, revokedAt }: Row): Invitation {
  const ended = acceptedAt ? 'accepted' : revokedAt ? 'revoked' : undefined;
  const state = ended ?? (expiresAt > new Date() ? 'open' : 'expired');
  return { id, email, name, role, state, createdAt: instant(createdAt), createdBy, expiresAt: instant(expiresAt) };
}
