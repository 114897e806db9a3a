'use client';

import { useState } from 'react';
import type { Permission } from '@postern/admin-contract';
import { Dialog } from '@postern/console-ui';
import { NAVIGATION } from './navigation.ts';
import { GO_KEYS, KEY_WORDS } from './shortcuts.ts';
import { setSingleKeys, singleKeys } from './single-keys.ts';

/** Every shortcut, and the switch for those of a single key. */
export function ShortcutSheet(props: { readonly permissions: readonly Permission[]; readonly onClose: () => void }) {
  const destinations = NAVIGATION.flatMap((group) => group.destinations).filter(({ permission }) =>
    props.permissions.includes(permission),
  );
  const ways = Object.entries(GO_KEYS).flatMap(([key, path]) => {
    const destination = destinations.find((each) => each.path === path);
    return destination ? [[key, destination.word] as const] : [];
  });
  return (
    <Dialog
      onClose={props.onClose}
      title="Keyboard shortcuts"
      says="None of them does anything while you write into a field, but for the palette."
    >
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <Keys title="Everywhere" lines={KEY_WORDS.map(([keys, says]) => ({ keys, says }))} />
        <Keys title="Go to" lines={ways.map(([key, word]) => ({ keys: ['g', key], says: word }))} />
      </div>
      <SingleKeys />
    </Dialog>
  );
}

function Keys(props: {
  readonly title: string;
  readonly lines: readonly { readonly keys: readonly string[]; readonly says: string }[];
}) {
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">{props.title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-sm">
        {props.lines.map(({ keys, says }) => (
          <div key={keys.join(' ')} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-control bg-sunken px-1 font-mono text-2xs"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink-soft">{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function SingleKeys() {
  const [on, setOn] = useState(singleKeys);
  return (
    <label className="mt-5 flex items-start gap-2.5 border-t border-line pt-4 text-sm">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => {
          setOn(event.target.checked);
          setSingleKeys(event.target.checked);
        }}
        className="mt-0.5 size-4 accent-accent"
      />
      <span>
        Shortcuts of a single key
        <span className="block text-ink-soft">Switch them off if you speak to your computer, or slip onto keys.</span>
      </span>
    </label>
  );
}
