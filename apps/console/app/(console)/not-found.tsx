import Link from 'next/link';
import { buttonLook } from '@postern/console-ui';

export default function NotFound() {
  return (
    <div className="mx-auto max-w-md pt-[12dvh]">
      <h1 className="text-xl font-semibold">There is nothing at this address</h1>
      <p className="mt-1 text-ink-soft">
        The address may be mistyped, or retention has removed what it showed. A message can be found by its id, its
        sender or its recipients.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Link href="/messages" prefetch={false} className={buttonLook('plain')}>
          Search messages
        </Link>
        <Link href="/" prefetch={false} className={buttonLook('plain')}>
          To the overview
        </Link>
      </div>
    </div>
  );
}
