import type { DkimKey } from '@postern/admin-contract';
import { Instant, OutsideText, Panel, ToldTimes } from '@postern/console-ui';

const SAYS: Readonly<Record<DkimKey['state'], string>> = {
  pending: 'waits until the world sees its record',
  active: 'signs',
  retired: 'signs no more; stays published for mail under way',
  revoked: 'gone for good',
};

/** The keys of a domain, and what happens to each next. */
export function KeyList({ keys }: { readonly keys: readonly DkimKey[] }) {
  return (
    <Panel title="Keys">
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <li key={key.selector} className="px-4 py-3 text-sm">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium break-all">
                <OutsideText text={key.selector} />
              </span>
              <span className="text-xs text-ink-soft">
                {key.algorithm === 'rsa-sha256' ? `RSA, ${key.bits} bits` : 'Ed25519'}
              </span>
            </p>
            <p className="mt-0.5 text-ink-soft">
              {key.state}: {SAYS[key.state]}
              {key.activatedAt && key.state === 'active' && (
                <>
                  , since <Instant at={key.activatedAt} />
                </>
              )}
            </p>
            {key.next && (
              <p className="mt-0.5">
                <ToldTimes text={key.next} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
