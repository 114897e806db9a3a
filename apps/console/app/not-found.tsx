import Link from 'next/link';
import { buttonLook } from '@postern/console-ui';

export default function NotFound() {
  return (
    <main className="mx-auto max-w-md px-4 pt-[18dvh]">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="mt-1 text-ink-soft">The address may be mistyped, or what it showed is gone.</p>
      <Link href="/" prefetch={false} className={buttonLook('plain', 'mt-4')}>
        To the overview
      </Link>
    </main>
  );
}
