'use client';

import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '@postern/console-ui';

const TAB = 'h-7 rounded-md px-2.5 text-sm whitespace-nowrap pointer-coarse:h-10';

export interface FormTab {
  readonly key: string;
  readonly word: string;
  readonly children: ReactNode;
}

/**
 * The same thing in several forms, one at a time (WAI-ARIA tabs). Radix writes style attributes into the page that the server
 * sends, which the content security policy refuses; this writes none.
 */
export function FormTabs({ label, tabs }: { readonly label: string; readonly tabs: readonly FormTab[] }) {
  const id = useId();
  const [shown, setShown] = useState(tabs[0]?.key);
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ key }) => key === shown);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    setShown(next?.key);
    document.getElementById(`${id}-tab-${next?.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} onKeyDown={step} className="flex gap-1 overflow-x-auto px-3 pt-3">
        {tabs.map(({ key, word }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-tab-${key}`}
            aria-selected={key === shown}
            aria-controls={`${id}-${key}`}
            tabIndex={key === shown ? 0 : -1}
            onClick={() => setShown(key)}
            className={classNames(
              TAB,
              key === shown ? 'bg-accent-soft font-medium text-accent-strong' : 'text-ink-soft hover:bg-hover',
            )}
          >
            {word}
          </button>
        ))}
      </div>
      {tabs.map(({ key, children }) => (
        <div key={key} role="tabpanel" id={`${id}-${key}`} aria-labelledby={`${id}-tab-${key}`} hidden={key !== shown}>
          {key === shown && children}
        </div>
      ))}
    </>
  );
}
