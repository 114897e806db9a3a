import { TextField } from '@postern/console-ui';

/** Why something is done; it goes into the audit. */
export function ReasonField({ required }: { readonly required?: true }) {
  return (
    <TextField
      label="Reason"
      hint={required ? 'For the audit.' : 'For the audit; may be left empty.'}
      name="reason"
      maxLength={500}
      autoComplete="off"
      required={required ?? false}
    />
  );
}
