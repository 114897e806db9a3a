import Link from 'next/link';
import { buttonLook, Callout, Instant } from '@postern/console-ui';

/** A search that stopped before the beginning says so: what it did not find may still be there. */
export function SearchedBack({ at, next }: { readonly at: string; readonly next: string | undefined }) {
  return (
    <Callout
      tone="wait"
      title={
        <>
          Searched back to <Instant at={at} form="full" />; nothing older was looked at yet
        </>
      }
      className="mb-3"
    >
      {next && (
        <Link href={next} prefetch={false} className={buttonLook('plain', 'mt-1.5')}>
          Search on from there
        </Link>
      )}
    </Callout>
  );
}
