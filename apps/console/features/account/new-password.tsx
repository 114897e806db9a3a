import type { NewPassword } from '@postern/admin-contract';
import { SecretDialog } from '../form/secret-dialog.tsx';

/** A password that was just made, shown this once. */
export function NewPasswordDialog({ made, onClose }: { readonly made: NewPassword; readonly onClose: () => void }) {
  return (
    <SecretDialog
      title={`A password for ${made.account.email}`}
      says="This is the only time that it is shown. Hand it over in a safe way; its owner changes it after signing in."
      lines={[
        ['E-mail', made.account.email],
        ['Password', made.password],
      ]}
      onClose={onClose}
    />
  );
}
