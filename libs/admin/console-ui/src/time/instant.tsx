'use client';

import { formatAge } from '../format/duration.ts';
import { formatInstant, formatInstantShort } from '../format/instant.ts';
import { useViewer } from '../viewer/viewer.tsx';

/** An instant in the viewer's zone; the exact one, in that zone and in UTC, is its title. */
export function Instant({ at, form = 'short' }: { readonly at: string; readonly form?: 'short' | 'full' }) {
  const { zone, now } = useViewer();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={exact(instant, zone)} className="whitespace-nowrap tabular-nums">
      {form === 'full' ? formatInstant(instant, zone) : formatInstantShort(instant, zone, now)}
    </time>
  );
}

/** How long ago an instant was, kept up to date. */
export function Age({ since }: { readonly since: string }) {
  const { zone, now } = useViewer();
  const instant = new Date(since);
  return (
    <time dateTime={since} title={exact(instant, zone)} className="whitespace-nowrap tabular-nums">
      {formatAge(now.getTime() - instant.getTime())}
    </time>
  );
}

/** When something will be: `in 4 m 12 s`, or `now` once the time has come. */
export function Due({ at }: { readonly at: string }) {
  const { zone, now } = useViewer();
  const instant = new Date(at);
  const wait = instant.getTime() - now.getTime();
  return (
    <time dateTime={at} title={exact(instant, zone)} className="whitespace-nowrap tabular-nums">
      {wait <= 0 ? 'now' : `in ${formatAge(wait)}`}
    </time>
  );
}

function exact(instant: Date, zone: string): string {
  const local = formatInstant(instant, zone);
  return zone === 'UTC' ? local : `${local}\n${formatInstant(instant, 'UTC')}`;
}
