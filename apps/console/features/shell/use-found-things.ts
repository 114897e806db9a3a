'use client';

import { Layers } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Permission } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { CREDENTIAL_ICON, type PaletteEntry } from './palette-entries.ts';

/** Not each letter is asked about. */
const PAUSE_MS = 150;
const MOST = 5;
const SHORTEST = 2;

/** Credentials and queues whose names contain the text, asked for a moment after it was written. */
export function useFoundThings(text: string, permissions: readonly Permission[]): readonly PaletteEntry[] {
  const [found, setFound] = useState<{ readonly text: string; readonly entries: readonly PaletteEntry[] }>(NONE);
  const wanted = text.trim().toLowerCase();
  const readsCredentials = permissions.includes('credentials:read');
  const readsQueues = permissions.includes('queues:read');
  useEffect(() => {
    if (wanted.length < SHORTEST) return undefined;
    let late = false;
    const timer = setTimeout(() => {
      const asked = [readsCredentials ? credentials(wanted) : [], readsQueues ? queues(wanted) : []];
      void Promise.all(asked).then((lists) => {
        if (!late) setFound({ text: wanted, entries: lists.flat() });
      });
    }, PAUSE_MS);
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [wanted, readsCredentials, readsQueues]);
  return found.text === wanted ? found.entries : [];
}

const NONE = { text: '', entries: [] } as const;

async function credentials(name: string): Promise<readonly PaletteEntry[]> {
  const result = await browserApi.listCredentials({ query: { name: name.slice(0, 64), limit: MOST } });
  if (!('ok' in result)) return [];
  return result.ok.items.map((each) => ({
    kind: 'credential',
    word: each.name,
    path: `/credentials/${each.id}`,
    icon: CREDENTIAL_ICON,
  }));
}

async function queues(name: string): Promise<readonly PaletteEntry[]> {
  const result = await browserApi.listQueues({ query: { name, show: 'all', limit: MOST } });
  if (!('ok' in result)) return [];
  return result.ok.items.map((each) => ({ kind: 'queue', word: each.name, path: `/queues/${each.id}`, icon: Layers }));
}
