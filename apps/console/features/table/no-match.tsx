import type { LucideIcon } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonLook, EmptyState } from '@postern/console-ui';

/** Why a list that was narrowed shows nothing, and the way to all of it. */
export function NoMatch(props: {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What there is to show without the filters. */
  readonly noun: string;
  /** The address of the list without them. */
  readonly all: string;
  readonly children: ReactNode;
}) {
  return (
    <EmptyState icon={props.icon} title={props.title}>
      <p>{props.children}</p>
      <Link href={props.all} prefetch={false} className={buttonLook('plain', 'mt-4')}>
        Show all {props.noun}
      </Link>
    </EmptyState>
  );
}
