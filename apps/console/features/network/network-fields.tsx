import type { Network, Problem } from '@postern/admin-contract';
import { LinesField, TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { linesOf, textOrNull } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';
import { aboutOf, AboutFields, toldOfAbout } from '../submitter/about-fields.tsx';

/** Whom the hosts of a network may send as, and what it is for. */
export function NetworkFields(props: { readonly network?: Network; readonly problem: Problem | undefined }) {
  const { network, problem } = props;
  return (
    <>
      <LinesField
        label="Its hosts may send as"
        hint="One a line: an address, or a whole domain as @example.org; empty for anyone."
        name="senders"
        rows={3}
        spellCheck={false}
        autoCapitalize="none"
        defaultValue={(network?.senderRules ?? []).filter((rule) => rule !== '*' && rule !== '<>').join('\n')}
        error={faultOf(problem, 'senderRules')}
      />
      <TextField
        label="Rewrite the sender to"
        hint="For devices that cannot be told whom to send as: on a listener with the profile for devices, whatever they say becomes this address. Empty to leave it."
        name="rewrite"
        maxLength={320}
        autoComplete="off"
        spellCheck={false}
        defaultValue={network?.rewriteFrom ?? ''}
        error={faultOf(problem, 'rewriteFrom')}
      />
      <AboutFields submitter={network} problem={problem} />
    </>
  );
}

/** What they say of a network. */
export function toldOfNetwork(network: Network): readonly Told[] {
  const senders = network.senderRules.filter((rule) => rule !== '*' && rule !== '<>');
  return [
    told('senders', 'Its hosts may send as', senders, 'anyone'),
    told('rewrite', 'Rewrite the sender to', network.rewriteFrom, 'nobody'),
    ...toldOfAbout(network),
  ];
}

/** What was written into them; no sender rule stands for anyone, and for DSNs. */
export function networkOf(form: FormData) {
  const senders = linesOf(form, 'senders');
  return {
    senderRules: senders.length > 0 ? senders : ['*', '<>'],
    rewriteFrom: textOrNull(form, 'rewrite'),
    ...aboutOf(form),
  };
}
