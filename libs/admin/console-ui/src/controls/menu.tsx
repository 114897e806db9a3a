'use client';

import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

const ITEM =
  'flex h-8 cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none pointer-coarse:h-11 ' +
  'data-highlighted:bg-hover data-disabled:opacity-55 [&>svg]:size-4 [&>svg]:text-ink-soft';

/** A menu that a button opens. It does not lock the page below it. */
export function Menu(props: {
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end';
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? 'end'}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-48 rounded-lg border border-line bg-raised p-1 shadow-raised"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Something that the menu does; what harms is written in the colour of harm. */
export function MenuItem(props: {
  readonly icon?: LucideIcon;
  readonly kind?: 'plain' | 'danger';
  readonly onSelect: () => void;
  readonly children: ReactNode;
}) {
  const { icon: Icon } = props;
  return (
    <DropdownMenu.Item onSelect={props.onSelect} className={classNames(ITEM, props.kind === 'danger' && 'text-bad')}>
      {Icon && <Icon aria-hidden />}
      {props.children}
    </DropdownMenu.Item>
  );
}

/** Words about what follows. */
export function MenuLabel({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return (
    <DropdownMenu.Label className={classNames('px-2 py-1.5 text-xs text-ink-soft', className)}>
      {children}
    </DropdownMenu.Label>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

/** One choice among several, the chosen one ticked. */
export function MenuChoice<Value extends string>(props: {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
}) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={(value) => props.onChange(value as Value)}>
      {props.options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={ITEM}>
          {option.label}
          <span className="ml-auto w-4">
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent" />
            </DropdownMenu.ItemIndicator>
          </span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
