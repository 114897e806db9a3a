import type { OperationKind } from '@postern/admin-contract';

/** What each operation is called, and what it does to the recipients that it is for. */
export const OPERATION_WORDS: Readonly<
  Record<OperationKind, { readonly verb: string; readonly says: string; readonly harm: boolean }>
> = {
  hold: {
    verb: 'Hold',
    says: 'Recipients that wait are held: nothing is sent to them until they are released.',
    harm: false,
  },
  release: { verb: 'Release', says: 'Held recipients go on waiting for delivery, due at once.', harm: false },
  retry: { verb: 'Retry now', says: 'Recipients that wait for their next attempt are due at once.', harm: false },
  reroute: {
    verb: 'Reroute',
    says: 'Recipients that wait go through a route that you name, or are looked up anew.',
    harm: false,
  },
  cancel: {
    verb: 'Cancel',
    says: 'Recipients that wait are given up without a word to the sender. This cannot be taken back.',
    harm: true,
  },
  bounce: {
    verb: 'Bounce',
    says: 'Recipients that wait are given up as undeliverable, and their senders are told. This cannot be taken back.',
    harm: true,
  },
  expire: {
    verb: 'Expire',
    says: 'Recipients that wait are given up as if their time were over. This cannot be taken back.',
    harm: true,
  },
};
