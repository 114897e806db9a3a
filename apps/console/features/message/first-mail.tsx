'use client';

import Link from 'next/link';
import { buttonLook } from '@postern/console-ui';
import { Snippet } from '../credential/snippet.tsx';
import { curlSnippet } from '../credential/client-snippets.ts';
import { useListening } from '../credential/use-listening.ts';

/** How to send the first mail: the way there for who may go it, and in short a credential, then a command. */
export function FirstMail({ guided = true }: { readonly guided?: boolean }) {
  const listening = useListening();
  return (
    <>
      {guided && (
        <p className="mt-3 mb-4">
          <Link href="/first-mail" prefetch={false} className={buttonLook('primary')}>
            Show me the way to the first mail
          </Link>
        </p>
      )}
      <p>
        {guided && 'In short: '}Create a submission credential, then send with it. What you send appears here at once.
      </p>
      <ol className="mt-5 flex flex-col gap-4 text-left">
        <Step number={1} title="Create a credential for what sends">
          <Link href="/credentials?new=1" className={buttonLook('plain')}>
            Create a credential
          </Link>
        </Step>
        <Step number={2} title="Send a mail with it">
          {listening && (
            <Snippet
              label="the command"
              text={curlSnippet({ ...listening, name: 'NAME', secret: 'SECRET', sender: 'you@your-domain.example' })}
            />
          )}
          {listening?.verifiable === false && (
            <p className="mt-1.5 text-xs">
              <code className="font-mono">--insecure</code> accepts the certificate that Postern made for itself.
            </p>
          )}
        </Step>
      </ol>
    </>
  );
}

function Step(props: { readonly number: number; readonly title: string; readonly children: React.ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent tabular-nums"
      >
        {props.number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="mb-2 font-medium text-ink">{props.title}</p>
        {props.children}
      </div>
    </li>
  );
}
