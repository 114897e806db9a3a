import type { Problem, Role } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { textOf } from '../form/read-form.ts';
import { RoleField, roleOf } from './role-field.tsx';

/** Who somebody is, and what they may do: asked for an account as for an invitation. */
export function PersonFields(props: { readonly emailHint: string; readonly problem: Problem | undefined }) {
  return (
    <>
      <TextField
        label="E-mail address"
        hint={props.emailHint}
        name="email"
        type="email"
        maxLength={254}
        required
        autoComplete="off"
        error={faultOf(props.problem, 'email')}
      />
      <TextField
        label="Name"
        name="name"
        maxLength={100}
        required
        autoComplete="off"
        error={faultOf(props.problem, 'name')}
      />
      <RoleField initial="operator" />
    </>
  );
}

/** What was written into these fields. */
export function personOf(form: FormData): { readonly email: string; readonly name: string; readonly role: Role } {
  return { email: textOf(form, 'email'), name: textOf(form, 'name'), role: roleOf(form) };
}
