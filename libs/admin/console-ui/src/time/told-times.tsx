import { Instant } from './instant.tsx';

const TOLD = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/;

/** What the API says in words, its instants (`2027-05-21 13:53 UTC`) shown in the viewer's zone. */
export function ToldTimes({ text }: { readonly text: string }) {
  // Split by a pattern with two groups: text, date, time, text, date, time, … text.
  const parts = text.split(TOLD);
  return parts.map((part, at) => {
    if (at % 3 === 0) return part;
    return at % 3 === 1 ? <Instant key={at} at={`${part}T${parts[at + 1]}:00Z`} form="full" /> : null;
  });
}
