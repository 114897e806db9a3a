import { Inbox, KeyRound, Network, Plus, type LucideIcon } from 'lucide-react';
import type { Permission } from '@postern/admin-contract';
import { NAVIGATION } from './navigation.ts';

/** Something that the palette leads to. */
export interface PaletteEntry {
  readonly kind: 'page' | 'command' | 'search' | 'message' | 'credential' | 'queue' | 'domain';
  readonly word: string;
  readonly path: string;
  readonly icon: LucideIcon;
}

const COMMANDS: readonly (PaletteEntry & { readonly permission: Permission })[] = [
  {
    kind: 'command',
    word: 'Create a credential',
    path: '/credentials?new=1',
    icon: Plus,
    permission: 'credentials:write',
  },
  { kind: 'command', word: 'List a network', path: '/networks?new=1', icon: Network, permission: 'networks:write' },
  {
    kind: 'command',
    word: 'Show what is deferred',
    path: '/messages?q=state%3Adeferred',
    icon: Inbox,
    permission: 'messages:read',
  },
  {
    kind: 'command',
    word: 'Show what is held',
    path: '/messages?q=state%3Aheld',
    icon: Inbox,
    permission: 'messages:read',
  },
];

const MESSAGE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The pages and commands whose words begin as the text does, then what the text itself may be. */
export function entriesFor(text: string, permissions: readonly Permission[]): readonly PaletteEntry[] {
  const wanted = text.trim().toLowerCase();
  const may = ({ permission }: { readonly permission: Permission }) => permissions.includes(permission);
  const pages = NAVIGATION.flatMap(({ destinations }) => destinations)
    .filter(may)
    .map(({ word, path, icon }): PaletteEntry => ({ kind: 'page', word, path, icon }));
  const known = [...pages, ...COMMANDS.filter(may)].filter(({ word }) => matches(word, wanted));
  if (wanted === '' || !permissions.includes('messages:read')) return known;
  const id = MESSAGE_ID.test(wanted);
  const search: PaletteEntry = id
    ? { kind: 'message', word: wanted, path: `/messages/${wanted}`, icon: Inbox }
    : {
        kind: 'search',
        word: `Messages: ${text.trim()}`,
        path: `/messages?q=${encodeURIComponent(text.trim())}`,
        icon: Inbox,
      };
  return [...known, search];
}

/** Whether every part of what was written begins a word of the entry. */
function matches(word: string, wanted: string): boolean {
  const words = word.toLowerCase().split(/\s+/);
  return wanted.split(/\s+/).every((part) => words.some((each) => each.startsWith(part)));
}

export const CREDENTIAL_ICON = KeyRound;
