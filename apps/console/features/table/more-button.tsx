'use client';

import { Button } from '@postern/console-ui';
import type { More } from './use-more.ts';

/** Asks for more of a list; absent when there is no more. */
export function MoreButton({ more, word }: { readonly more: More<unknown>; readonly word: string }) {
  if (!more.askMore) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2">
      <Button disabled={more.asking} onClick={more.askMore}>
        {more.asking ? 'Asking…' : `More ${word}`}
      </Button>
      {more.problem && (
        <p role="alert" className="text-xs font-medium text-bad">
          {more.problem.title}. Try again.
        </p>
      )}
    </div>
  );
}
