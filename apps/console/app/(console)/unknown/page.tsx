import type { Metadata } from 'next';
import { notFound } from 'next/navigation';

export const metadata: Metadata = { title: 'Not found' };

/** What every address that leads nowhere shows: told within the frame, so that one goes on from there. */
export default function UnknownPage(): never {
  notFound();
}
