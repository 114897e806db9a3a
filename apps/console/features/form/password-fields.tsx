import type { Problem } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { faultOf } from './fault-of.ts';

interface Props {
  readonly label: string;
  readonly name?: string;
  readonly problem: Problem | undefined;
}

/** The password that one has. */
export function PasswordField({ label, name = 'password', problem }: Props) {
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      required
      maxLength={128}
      autoComplete="current-password"
      error={faultOf(problem, name)}
    />
  );
}

/** A password of one's own choice. */
export function NewPasswordField({ label, name = 'password', problem }: Props) {
  return (
    <TextField
      label={label}
      hint="8 characters or more; a sentence is easier to keep in mind than a riddle."
      name={name}
      type="password"
      required
      minLength={8}
      maxLength={128}
      autoComplete="new-password"
      error={faultOf(problem, name)}
    />
  );
}

/** A password as it was typed: space is part of it. */
export function passwordOf(form: FormData, name = 'password'): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
