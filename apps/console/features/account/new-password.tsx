'use client';

import type { NewPassword } from '@postern/admin-contract';
import { Dialog } from '@postern/console-ui';
import { CopiedButton, SecretLines } from '../form/secret-lines.tsx';

/** A password that was just made, shown this once. */
export function NewPasswordDialog({ made, onClose }: { readonly made: NewPassword; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`A password for ${made.account.email}`}
      says="This is the only time that it is shown. Hand it over in a safe way; its owner changes it after signing in."
    >
      <div className="flex flex-col gap-4">
        <SecretLines
          lines={[
            ['E-mail', made.account.email],
            ['Password', made.password],
          ]}
        />
        <CopiedButton onDone={onClose} />
      </div>
    </Dialog>
  );
}
