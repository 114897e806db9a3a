import Link from 'next/link';
import type { Event } from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';

/** What an event is about, as a way there where it has a page. */
export function EventSubject({ event }: { readonly event: Pick<Event, 'kind' | 'subject'> }) {
  const name = <OutsideText text={event.subject.name} />;
  const path = pathOf(event);
  if (path === undefined) return name;
  return (
    <Link href={path} prefetch={false} className="underline decoration-line-control underline-offset-2">
      {name}
    </Link>
  );
}

function pathOf({ kind, subject }: Pick<Event, 'kind' | 'subject'>): string | undefined {
  const id = encodeURIComponent(subject.id);
  switch (subject.kind) {
    case 'queue':
      return `/queues/${id}`;
    case 'message':
      return `/messages/${id}`;
    case 'credential':
      return `/credentials/${id}`;
    case 'network':
      return `/networks/${id}`;
    case 'domain': {
      const name = encodeURIComponent(subject.name);
      // Rates are judged by sender domain, also of domains that are not ours to sign for.
      return kind.startsWith('domain.') ? `/domains/${name}` : `/bounces?domain=${name}`;
    }
    default:
      return undefined;
  }
}
