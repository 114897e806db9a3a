'use client';

import Link from 'next/link';
import type { RecipientState } from '@postern/admin-contract';
import { classNames, SHOWN_STATES, STATE_LOOK, TONE_TEXT } from '@postern/console-ui';

/** The states to choose from, each a link that asks for it; the chosen one takes itself back. */
export function StateChips(props: {
  readonly chosen: RecipientState | undefined;
  readonly path: (state: RecipientState | undefined) => string;
}) {
  return (
    <nav aria-label="Messages with a recipient that is" className="max-sm:-mx-3 max-sm:overflow-x-auto max-sm:px-3">
      <ul className="flex gap-1.5 sm:flex-wrap">
        <Chip href={props.path(undefined)} chosen={props.chosen === undefined}>
          Any state
        </Chip>
        {SHOWN_STATES.map((state) => {
          const { icon: Icon, tone } = STATE_LOOK[state];
          return (
            <Chip key={state} href={props.path(state)} chosen={props.chosen === state}>
              <Icon aria-hidden className={classNames('size-3.5', TONE_TEXT[tone])} strokeWidth={2.25} />
              {state}
            </Chip>
          );
        })}
      </ul>
    </nav>
  );
}

function Chip(props: { readonly href: string; readonly chosen: boolean; readonly children: React.ReactNode }) {
  return (
    <li className="shrink-0">
      <Link
        href={props.href}
        prefetch={false}
        scroll={false}
        aria-current={props.chosen ? 'true' : undefined}
        className={classNames(
          'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs pointer-coarse:h-9',
          props.chosen
            ? 'border-accent bg-accent-soft font-medium text-accent-strong'
            : 'border-line bg-surface text-ink-soft hover:bg-hover hover:text-ink',
        )}
      >
        {props.children}
      </Link>
    </li>
  );
}
