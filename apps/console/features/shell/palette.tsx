'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Dialog as Radix } from 'radix-ui';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Permission } from '@postern/admin-contract';
import { classNames, OutsideText, useFocusReturn } from '@postern/console-ui';
import { entriesFor, type PaletteEntry } from './palette-entries.ts';
import { useFoundThings } from './use-found-things.ts';

/** Finds pages, commands and things by a few letters, and goes there. */
export function Palette(props: { readonly permissions: readonly Permission[]; readonly onClose: () => void }) {
  const { permissions, onClose } = props;
  const router = useRouter();
  const id = useId();
  const focus = useFocusReturn();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = useFoundThings(text, permissions);
  const entries = [...entriesFor(text, permissions), ...found];
  const at = Math.min(chosen, entries.length - 1);
  const open = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    router.push(entry.path);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((at + step + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(entries[at]);
    }
  };
  return (
    <Radix.Root open onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-x-2 top-2 z-50 overflow-hidden rounded-lg border border-line bg-raised shadow-raised sm:inset-x-auto sm:top-[12dvh] sm:left-1/2 sm:w-[36rem] sm:-translate-x-1/2"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <div className="flex items-center gap-2.5 border-b border-line px-4">
            <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
            <input
              role="combobox"
              aria-expanded
              aria-controls={id}
              aria-activedescendant={entries[at] ? `${id}-${at}` : undefined}
              aria-label="Go to a page, find something, or give a command"
              placeholder="Go to a page, find something, or give a command"
              value={text}
              maxLength={200}
              spellCheck={false}
              autoCapitalize="none"
              onChange={(event) => {
                setText(event.target.value);
                setChosen(0);
              }}
              onKeyDown={press}
              className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-faint pointer-coarse:text-[1rem]"
            />
          </div>
          <ul id={id} role="listbox" aria-label="What was found" className="max-h-[55dvh] overflow-y-auto p-1.5">
            {entries.map((entry, index) => (
              <li
                key={`${entry.kind} ${entry.path}`}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                onPointerMove={() => setChosen(index)}
                onClick={() => open(entry)}
                ref={index === at ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
                className={classNames(
                  'flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm pointer-coarse:h-11',
                  index === at && 'bg-accent-soft text-accent-strong',
                )}
              >
                <entry.icon aria-hidden className="size-4 shrink-0" />
                <span className="min-w-0 flex-1 truncate">
                  <OutsideText text={entry.word} />
                </span>
                <span className="shrink-0 text-xs text-ink-soft">{entry.kind}</span>
              </li>
            ))}
          </ul>
          <p aria-live="polite" className="sr-only">
            {entries.length} found
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
