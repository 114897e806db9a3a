'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { Permission } from '@postern/admin-contract';
import { classNames } from '@postern/console-ui';
import { isHere, NAVIGATION } from './navigation.ts';

/** The destinations that the viewer may use. */
export function NavList(props: { readonly permissions: readonly Permission[]; readonly onGo?: () => void }) {
  const path = usePathname();
  const groups = NAVIGATION.map(({ group, destinations }) => ({
    group,
    destinations: destinations.filter((each) => props.permissions.includes(each.permission)),
  })).filter(({ destinations }) => destinations.length > 0);
  return (
    <nav aria-label="Main" className="flex flex-col gap-4 px-2.5 py-3">
      {groups.map(({ group, destinations }) => (
        <div key={group}>
          <p id={`nav-${group}`} className="px-2.5 pb-1 text-2xs font-medium tracking-wide text-ink-faint">
            {group}
          </p>
          <ul aria-labelledby={`nav-${group}`} className="flex flex-col gap-0.5">
            {destinations.map((each) => {
              const here = isHere(each, path);
              return (
                <li key={each.path}>
                  <Link
                    href={each.path}
                    prefetch={false}
                    aria-current={here ? 'page' : undefined}
                    {...(props.onGo ? { onClick: props.onGo } : {})}
                    className={classNames(
                      'flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm pointer-coarse:h-11',
                      here
                        ? 'bg-accent-soft font-medium text-accent-strong'
                        : 'text-ink-soft hover:bg-hover hover:text-ink',
                    )}
                  >
                    <each.icon aria-hidden className="size-4" strokeWidth={here ? 2.1 : 1.8} />
                    {each.word}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
