import type { Metadata } from 'next';
import { EntryCard } from '../../features/shell/entry-card.tsx';
import { InvitationClient } from './client.tsx';

export const metadata: Metadata = { title: 'Invitation' };

/** Where the link of an invitation leads. Its token stands behind the `#`, which no server is sent. */
export default function InvitationPage() {
  return (
    <EntryCard title="Make your account">
      <InvitationClient />
    </EntryCard>
  );
}
