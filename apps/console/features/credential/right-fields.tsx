import type { Credential, Problem } from '@postern/admin-contract';
import { LinesField, TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { localTimeOf } from '../form/local-time.ts';
import { instantOrNull, linesOf } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';

/** Whom a credential may send as. */
export function SendersField(props: { readonly initial: readonly string[]; readonly problem: Problem | undefined }) {
  return (
    <LinesField
      label="May send as"
      hint="One a line: an address, or a whole domain as @example.org."
      name="senders"
      rows={3}
      required
      spellCheck={false}
      autoCapitalize="none"
      defaultValue={props.initial.join('\n')}
      error={faultOf(props.problem, 'senderRules')}
    />
  );
}

/** Where a credential is good. */
export function NetworksField(props: { readonly initial: readonly string[]; readonly problem: Problem | undefined }) {
  return (
    <LinesField
      label="Only from these networks"
      hint="One address or CIDR a line; empty for anywhere."
      name="networks"
      rows={2}
      spellCheck={false}
      defaultValue={props.initial.join('\n')}
      error={faultOf(props.problem, 'networks')}
    />
  );
}

/** Until when a credential is good. */
export function ExpiresField(props: { readonly initial: string | null; readonly problem: Problem | undefined }) {
  return (
    <TextField
      label="Expires"
      hint="In your time zone; empty for never."
      name="expires"
      type="datetime-local"
      defaultValue={localTimeOf(props.initial)}
      error={faultOf(props.problem, 'expiresAt')}
    />
  );
}

/** What these fields say of a credential. */
export function toldOfRights(now: Pick<Credential, 'senderRules' | 'networks' | 'expiresAt'>): readonly Told[] {
  return [
    told('senders', 'May send as', now.senderRules, 'nobody'),
    told('networks', 'Only from these networks', now.networks, 'anywhere'),
    told('expires', 'Expires', localTimeOf(now.expiresAt).replace('T', ' '), 'never'),
  ];
}

/** What was written into these fields. */
export function rightsOf(form: FormData) {
  return {
    senderRules: linesOf(form, 'senders'),
    networks: linesOf(form, 'networks'),
    expiresAt: instantOrNull(form, 'expires'),
  };
}
