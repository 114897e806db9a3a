'use client';

import { RotateCw } from 'lucide-react';
import { Button, Callout } from '@postern/console-ui';

/** A bug of ours in a page: the frame stays, and the page can be tried again. */
export default function PageError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return (
    <Callout tone="bad" title="This page failed">
      <p>
        That is a fault of the console, not of your mail.
        {error.digest && (
          <>
            {' '}
            Its log has the mark <code className="font-mono">{error.digest}</code>.
          </>
        )}
      </p>
      <Button icon={RotateCw} className="mt-2.5" onClick={reset}>
        Try again
      </Button>
    </Callout>
  );
}
