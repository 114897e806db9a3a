import type { Invitation, Role } from '@postern/admin-contract';
import type { OrderedSlice } from './admin-store.ts';

/** Invitations, read. */
export interface InvitationReads {
  /** Invitations in the order in which they were made; `after` is the id of the last one seen. */
  listInvitations(query: InvitationQuery): Promise<readonly Invitation[]>;

  findInvitation(reference: { readonly id: string } | { readonly tokenHash: Buffer }): Promise<Invitation | undefined>;
}

export interface InvitationQuery extends OrderedSlice<string> {
  readonly state: Invitation['state'] | undefined;
  /** Invitations whose address or name contains this, without regard to case. */
  readonly contains: string | undefined;
}

/** Invitations, changed. */
export interface InvitationChanges {
  addInvitation(invitation: NewInvitationRow): Promise<Invitation>;

  /** Revokes an open invitation; undefined: it is open no longer. */
  revokeInvitation(id: string): Promise<Invitation | undefined>;

  /** Marks an open invitation as accepted; undefined: it is open no longer. Of callers at the same time, one accepts. */
  acceptInvitation(id: string): Promise<Invitation | undefined>;
}

export interface NewInvitationRow {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: Buffer;
  readonly createdBy: string;
  readonly expiresAt: Date;
}
