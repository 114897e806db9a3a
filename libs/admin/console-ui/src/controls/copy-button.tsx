'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './button.tsx';

/** Copies a text, and says whether that worked. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');

  useEffect(() => {
    if (outcome === 'none') return undefined;
    const timer = setTimeout(() => setOutcome('none'), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  const said = { none: label, copied: 'Copied', refused: 'The browser did not allow copying' }[outcome];
  return (
    <IconButton
      label={said}
      onClick={() => {
        copy(text).then(setOutcome, () => setOutcome('refused'));
      }}
    >
      {outcome === 'copied' ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
      <span className="sr-only" aria-live="polite">
        {outcome === 'none' ? '' : said}
      </span>
    </IconButton>
  );
}

/** Browsers give the clipboard to pages on https and on loopback only. */
async function copy(text: string): Promise<'copied' | 'refused'> {
  if (!('clipboard' in navigator)) return 'refused';
  await navigator.clipboard.writeText(text);
  return 'copied';
}
