import type { Metadata } from 'next';
import { Mark } from '../../features/shell/mark.tsx';
import { InvitationClient } from './client.tsx';

export const metadata: Metadata = { title: 'Invitation' };

/** Where the link of an invitation leads. Its token stands behind the `#`, which no server is sent. */
export default function InvitationPage() {
  return (
    <main className="mx-auto w-full max-w-[23rem] px-4 pt-[12dvh] pb-16">
      <div className="mb-6 flex items-center gap-2.5">
        <Mark className="size-8" />
        <div>
          <p className="text-lg leading-5 font-semibold tracking-tight">Postern</p>
          <p className="text-xs text-ink-soft">Outbound mail gateway</p>
        </div>
      </div>
      <div className="rounded-lg border border-line bg-surface p-5">
        <h1 className="mb-4 text-lg font-semibold">Make your account</h1>
        <InvitationClient />
      </div>
    </main>
  );
}
