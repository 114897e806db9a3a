'use client';

import { curlSnippet } from '../credential/client-snippets.ts';
import { Snippet } from '../credential/snippet.tsx';
import { useListening } from '../credential/use-listening.ts';

/** The command that sends the first mail. */
export function SendStep(props: {
  readonly sender: string;
  readonly name: string | undefined;
  /** Known as long as the page is open after it was made. */
  readonly secret: string | undefined;
}) {
  const { sender, name = 'NAME', secret = 'SECRET' } = props;
  const listening = useListening();
  return (
    <>
      <p className="text-ink-soft">
        Put an address of yours in place of someone@example.com, and run it in a terminal.
        {props.secret === undefined &&
          ' SECRET is what was shown when the credential was made; nobody can read it again.'}
      </p>
      <div className="mt-3">
        {listening && <Snippet label="the command" text={curlSnippet({ ...listening, name, secret, sender })} />}
      </div>
      {listening?.verifiable === false && (
        <p className="mt-1.5 text-xs text-ink-soft">
          <code className="font-mono">--insecure</code> accepts the certificate that Postern made for itself.
        </p>
      )}
    </>
  );
}
