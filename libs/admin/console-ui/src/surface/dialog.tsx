'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { IconButton } from '../controls/button.tsx';
import { useFocusReturn } from './use-focus-return.ts';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, for as long as it is there; on a phone it fills the width at the bottom edge. */
export function Dialog(
  props: Props & {
    /** What the dialog is for; read aloud with its title. */
    readonly says?: ReactNode;
  },
) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...focus}
          {...(props.says ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'fixed inset-x-0 bottom-0 z-50 max-h-[92dvh] scroll-pb-16 overflow-y-auto rounded-t-lg border border-line bg-raised p-4 shadow-raised',
            'sm:inset-x-auto sm:top-[10dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[80dvh] sm:w-[34rem] sm:-translate-x-1/2 sm:rounded-lg sm:p-5',
          )}
        >
          <div className="mb-4 flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{props.title}</Radix.Title>
              {props.says && (
                <Radix.Description className="mt-0.5 text-sm text-ink-soft">{props.says}</Radix.Description>
              )}
            </div>
            <Close />
          </div>
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What a dialog ends with, the way on first; it stays in sight below what is longer than the screen. */
export function DialogFooter({ children }: { readonly children: ReactNode }) {
  return (
    <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-row-reverse gap-2 bg-raised px-4 pt-2 pb-4 sm:-bottom-5 sm:-mx-5 sm:-mb-5 sm:px-5 sm:pb-5">
      {children}
    </div>
  );
}

/** A panel that comes in from the left edge, for navigation on narrow screens. */
export function Drawer(props: Props) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-64 max-w-[85vw] flex-col border-r border-line bg-surface"
        >
          <div className="flex h-13 shrink-0 items-center gap-2 border-b border-line pr-2 pl-4">
            <Radix.Title className="flex-1 text-base font-semibold">{props.title}</Radix.Title>
            <Close />
          </div>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{props.children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Close() {
  return (
    <Radix.Close asChild>
      <IconButton label="Close">
        <X aria-hidden />
      </IconButton>
    </Radix.Close>
  );
}
