'use client';

import { KeyRound, LogOut, ShieldCheck, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Session } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem, MenuLabel, MenuSeparator } from '@postern/console-ui';
import { ChangePassword } from '../own-account/change-password.tsx';
import { signOut } from '../session/sign-out.ts';

/** Who is signed in, and the way out. */
export function ViewerMenu({ session }: { readonly session: Session }) {
  const [fault, setFault] = useState<string | undefined>(undefined);
  const router = useRouter();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <IconButton label="Account">
            <UserRound aria-hidden />
          </IconButton>
        }
      >
        <MenuLabel>
          <span className="block max-w-64 truncate text-sm font-medium text-ink">
            {session.person.name || session.person.email}
          </span>
          {session.person.name && <span className="block max-w-64 truncate">{session.person.email}</span>}
          <span className="block">Role: {session.role}</span>
        </MenuLabel>
        <MenuSeparator />
        {fault && <MenuLabel className="max-w-64 font-medium text-bad">{fault}</MenuLabel>}
        <MenuItem icon={ShieldCheck} onSelect={() => router.push('/account')}>
          Your account
        </MenuItem>
        <MenuItem icon={KeyRound} onSelect={() => setChanging(true)}>
          Change the password
        </MenuItem>
        <MenuItem
          icon={LogOut}
          onSelect={() => {
            void signOut().then(setFault);
          }}
        >
          Sign out
        </MenuItem>
      </Menu>
      {changing && <ChangePassword onClose={() => setChanging(false)} />}
    </>
  );
}
