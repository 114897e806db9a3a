import type { Invitation, InvitationChanges, InvitationReads, Order } from '@postern/administration';
import type { Invitation as Row, Prisma } from '../generated/client.ts';
import { instant, type Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';

/** Invitations, read. */
export function invitationReads(db: Db): InvitationReads {
  return {
    async listInvitations({ after, limit, order, state, contains }) {
      const last = after === undefined ? null : await db.invitation.findUnique({ where: { id: after } });
      const part = contains && { contains, mode: 'insensitive' as const };
      const rows = await db.invitation.findMany({
        where: {
          AND: [
            state ? IN_STATE[state](new Date()) : {},
            part ? { OR: [{ email: part }, { name: part }] } : {},
            last ? behindRow(order, last) : {},
          ],
        },
        orderBy: [{ createdAt: DIRECTION[order] }, { id: DIRECTION[order] }],
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

/** Several may have been made in one moment. */
function behindRow(order: Order, { createdAt, id }: Row): Prisma.InvitationWhereInput {
  return { OR: [{ createdAt: behind(order, createdAt) }, { createdAt, id: behind(order, id) }] };
}

/** Which invitations are in a state; the reverse of what {@link viewOf} tells of one. */
const IN_STATE = {
  open: (now) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } }),
  accepted: () => ({ acceptedAt: { not: null } }),
  revoked: () => ({ acceptedAt: null, revokedAt: { not: null } }),
  expired: (now) => ({ acceptedAt: null, revokedAt: null, expiresAt: { lte: now } }),
} as const satisfies Record<Invitation['state'], (now: Date) => Prisma.InvitationWhereInput>;

function viewOf({ id, email, name, role, createdAt, createdBy, expiresAt, acceptedAt, revokedAt }: Row): Invitation {
  const ended = acceptedAt ? 'accepted' : revokedAt ? 'revoked' : undefined;
  const state = ended ?? (expiresAt > new Date() ? 'open' : 'expired');
  return { id, email, name, role, state, createdAt: instant(createdAt), createdBy, expiresAt: instant(expiresAt) };
}
