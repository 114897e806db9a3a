'use client';

import { Tabs } from 'radix-ui';
import type { NewCredential } from '@postern/admin-contract';
import { Skeleton } from '@postern/console-ui';
import { CopiedButton, SecretLines } from '../form/secret-dialog.tsx';
import { CLIENT_SNIPPETS } from './client-snippets.ts';
import { Snippet } from './snippet.tsx';
import { useListening } from './use-listening.ts';

/** The secret of a credential just made, and how to send with it. */
export function NewSecret({ made, onDone }: { readonly made: NewCredential; readonly onDone: () => void }) {
  const { name, senderRules } = made.credential;
  const listening = useListening();
  const submitting = listening && {
    ...listening,
    name,
    secret: made.secret,
    sender: senderOf(senderRules[0]),
  };
  return (
    <div className="flex flex-col gap-4">
      <SecretLines
        lines={[
          ['User name', name],
          ['Secret', made.secret],
        ]}
      />
      <Tabs.Root defaultValue="curl">
        <Tabs.List aria-label="How to send with it" className="mb-2 flex flex-wrap gap-1">
          {CLIENT_SNIPPETS.map(({ key, word }) => (
            <Tabs.Trigger
              key={key}
              value={key}
              className="h-7 rounded-md px-2.5 text-sm whitespace-nowrap text-ink-soft hover:bg-hover pointer-coarse:h-10 data-[state=active]:bg-accent-soft data-[state=active]:font-medium data-[state=active]:text-accent-strong"
            >
              {word}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {CLIENT_SNIPPETS.map(({ key, word, says, text }) => (
          <Tabs.Content key={key} value={key} tabIndex={-1}>
            <p className="mb-2 text-xs text-ink-soft">{says}</p>
            {submitting ? (
              <Snippet label={`settings for ${word}`} text={text(submitting)} />
            ) : (
              <Skeleton className="h-40" />
            )}
          </Tabs.Content>
        ))}
      </Tabs.Root>
      {listening?.verifiable === false && (
        <p className="text-xs text-ink-soft">
          The certificate of this gateway is one that it made itself, so clients cannot verify it. Install one of your
          own, and leave the exception out.
        </p>
      )}
      <CopiedButton onDone={onDone} />
    </div>
  );
}

/** An address that a sender rule allows: itself, or one in its domain. */
function senderOf(rule: string | undefined): string {
  if (rule === undefined || rule === '*' || rule === '<>') return 'you@example.org';
  if (!rule.startsWith('@')) return rule;
  return `you${rule.replace('@*.', '@mail.')}`;
}
