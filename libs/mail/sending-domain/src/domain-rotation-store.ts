import type { DkimAlgorithm } from '@postern/dkim';
import type { DkimKey, DkimKeyState, SendingDomain } from './sending-domain.ts';

/** A sending domain with its keys, and when it was made. */
export interface KnownSendingDomain extends SendingDomain {
  readonly createdAt: Date;
  readonly keys: readonly DkimKey[];
  readonly checkedAt: Date | undefined;
  /** What the last check found, as it was stored. */
  readonly check: unknown;
}

/** A key as it is stored: its private half sealed. */
export interface NewDkimKey {
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly bits: number;
  readonly state: Extract<DkimKeyState, 'pending' | 'active'>;
  readonly publicKey: string;
  readonly sealedPrivateKey: Buffer;
}
