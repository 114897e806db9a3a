import { Globe, Route, Search } from 'lucide-react';
import type { QueueName as Name } from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';

const KINDS = {
  site: { icon: Globe, says: 'Site: the mail hosts that serve some domains' },
  route: { icon: Route, says: 'Route: an upstream smarthost' },
  unresolved: { icon: Search, says: 'Unresolved: domains whose mail hosts are being looked up' },
} as const;

/** The kind of a queue as shape and word. */
export function QueueKind({ kind }: { readonly kind: Name['kind'] }) {
  const { icon: Icon, says } = KINDS[kind];
  return (
    <span title={says} className="inline-flex items-baseline gap-1.5 whitespace-nowrap text-ink-soft">
      <Icon aria-hidden className="size-3.5 self-center" />
      {kind}
    </span>
  );
}

/** The name of a queue; a site with several mail hosts shows the first, and how many there are. */
export function QueueName({ queue }: { readonly queue: Name }) {
  if (queue.kind !== 'site') return <OutsideText text={queue.name} />;
  const hosts = queue.name.split(/[\s,;|]+/).filter(Boolean);
  return (
    <span title={hosts.join('\n')} className="[overflow-wrap:anywhere]">
      <OutsideText text={hosts[0] ?? queue.name} />
      {hosts.length > 1 && <span className="font-normal text-ink-soft"> +{hosts.length - 1}</span>}
    </span>
  );
}
