import { Ban, Check, CirclePause, TimerOff, TriangleAlert } from 'lucide-react';
import type { Credential } from '@postern/admin-contract';
import { TonedWord, useViewer, type Tone } from '@postern/console-ui';

const STATES = {
  active: { icon: Check, tone: 'good' },
  disabled: { icon: CirclePause, tone: 'hold' },
  revoked: { icon: Ban, tone: 'idle' },
} as const satisfies Record<Credential['state'], { icon: typeof Ban; tone: Tone }>;

/** The state of a credential, and what else keeps its mail from going out. */
export function CredentialState({ credential }: { readonly credential: Credential }) {
  const { now } = useViewer();
  const { state, expiresAt, guard } = credential;
  const expired = state === 'active' && expiresAt !== null && new Date(expiresAt) <= now;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {expired ? (
        <TonedWord icon={TimerOff} tone="late" word="expired" />
      ) : (
        <TonedWord {...STATES[state]} word={state} />
      )}
      {guard.heldSince && <TonedWord icon={TriangleAlert} tone="wait" word="new mail held" />}
    </span>
  );
}
