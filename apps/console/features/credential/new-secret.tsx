'use client';

import { Tabs } from 'radix-ui';
import type { NewCredential } from '@postern/admin-contract';
import { CopiedButton, SecretLines } from '../form/secret-lines.tsx';
import { curlSnippet, deviceSnippet, nodeSnippet, pythonSnippet } from './client-snippets.ts';
import { useOwnHost } from './own-host.ts';
import { Snippet } from './snippet.tsx';

const CLIENTS = [
  ['curl', 'curl', curlSnippet],
  ['node', 'Node', nodeSnippet],
  ['python', 'Python', pythonSnippet],
  ['device', 'A device', deviceSnippet],
] as const;

/** The secret of a credential just made, and how to send with it. */
export function NewSecret({ made, onDone }: { readonly made: NewCredential; readonly onDone: () => void }) {
  const host = useOwnHost();
  const { name, senderRules } = made.credential;
  const submitting = { host, name, secret: made.secret, sender: senderOf(senderRules[0]) };
  return (
    <div className="flex flex-col gap-4">
      <SecretLines
        lines={[
          ['User name', name],
          ['Secret', made.secret],
        ]}
      />
      <Tabs.Root defaultValue="curl">
        <Tabs.List aria-label="How to send with it" className="mb-2 flex gap-1 overflow-x-auto">
          {CLIENTS.map(([value, word]) => (
            <Tabs.Trigger
              key={value}
              value={value}
              className="h-7 rounded-md px-2.5 text-sm whitespace-nowrap text-ink-soft hover:bg-hover pointer-coarse:h-10 data-[state=active]:bg-accent-soft data-[state=active]:font-medium data-[state=active]:text-accent-strong"
            >
              {word}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {CLIENTS.map(([value, word, snippet]) => (
          <Tabs.Content key={value} value={value} tabIndex={-1}>
            <Snippet label={`settings for ${word}`} text={snippet(submitting)} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <p className="text-xs text-ink-soft">
        2587 is the port unless <code className="font-mono">POSTERN_LISTEN_SUBMISSION</code> says otherwise.
      </p>
      <CopiedButton onDone={onDone} />
    </div>
  );
}

/** An address that a sender rule allows: itself, or one in its domain. */
function senderOf(rule: string | undefined): string {
  if (!rule?.startsWith('@')) return rule ?? 'you@example.org';
  return `you${rule.replace('@*.', '@mail.')}`;
}
