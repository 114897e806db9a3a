'use client';

import { useEffect, useState } from 'react';
import type { MailRoute, Page } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { KIND_WORDS } from '../route/words.ts';

/** As many as a list that opens can be looked through. */
const MOST = 100;
const PAUSE_MS = 250;

/** Where a reroute sends what waits: through one of the routes, or where routes and DNS say now. */
export function RouteField({ error }: { readonly error: string | undefined }) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const [found, setFound] = useState<Page<MailRoute>>({ items: [], nextCursor: null });
  useEffect(() => {
    let wanted = true;
    const ask = async () => {
      const text = name.trim();
      const result = await browserApi.listRoutes({ query: { limit: MOST, ...(text ? { name: text } : {}) } });
      if (wanted && 'ok' in result) setFound(result.ok);
    };
    const timer = setTimeout(() => void ask(), name === '' ? 0 : PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [name]);
  const many = found.nextCursor !== null;
  return (
    <>
      {(many || name !== '') && (
        <TextField
          label="Routes whose name or host contains"
          type="search"
          value={name}
          onChange={(event) => setName(event.target.value)}
          // Enter would start the operation.
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
          maxLength={255}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      <SelectField
        label="Through"
        hint={many ? `The first ${MOST} that are asked stand here; there are more.` : undefined}
        name="route"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        error={error}
      >
        <option value="">where routes and DNS say now</option>
        {/* What is chosen stays chosen while others are looked for. */}
        {chosen !== '' && !found.items.some((route) => route.name === chosen) && (
          <option value={chosen}>{chosen}</option>
        )}
        {found.items.map((route) => (
          <option key={route.id} value={route.name}>
            {route.name} ({route.kind === 'smarthost' ? route.host : KIND_WORDS[route.kind]})
          </option>
        ))}
      </SelectField>
    </>
  );
}
