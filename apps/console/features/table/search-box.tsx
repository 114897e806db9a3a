'use client';

import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { classNames, IconButton } from '@postern/console-ui';

/** A search that is asked on Enter; `/` brings the keyboard to it from anywhere on the page. */
export function SearchBox(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onSearch: (text: string) => void;
  readonly maxLength: number;
  readonly className?: string;
}) {
  const [text, setText] = useState(props.value);
  const [asked, setAsked] = useState(props.value);
  if (asked !== props.value) {
    // The address changed otherwise than by this box: by a link, or back and forth.
    setAsked(props.value);
    setText(props.value);
  }
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => onSlash(() => input.current?.focus()), []);
  return (
    <form
      role="search"
      // More than one search of a page are told apart.
      aria-label={props.label}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSearch(text.trim());
      }}
      className={classNames('relative flex min-w-0 flex-1 items-center', props.className)}
    >
      <Search aria-hidden className="pointer-events-none absolute left-2.5 size-4 text-ink-faint" />
      <input
        ref={input}
        type="search"
        aria-label={props.label}
        aria-keyshortcuts="/"
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        value={text}
        onChange={(event) => setText(event.target.value)}
        spellCheck={false}
        autoCapitalize="none"
        className="h-8 w-full rounded-md border border-line-control bg-surface pr-9 pl-8 text-sm placeholder:text-ink-faint pointer-coarse:h-11 pointer-coarse:text-[1rem] [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <IconButton
          label="Clear the search"
          className="absolute right-0"
          onClick={() => {
            setText('');
            props.onSearch('');
            input.current?.focus();
          }}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </form>
  );
}

function onSlash(focus: () => void): () => void {
  const hear = (event: KeyboardEvent) => {
    const writing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role=menu]');
    // The first of several searches takes it.
    if (event.defaultPrevented || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || writing)
      return;
    event.preventDefault();
    focus();
  };
  document.addEventListener('keydown', hear);
  return () => document.removeEventListener('keydown', hear);
}
