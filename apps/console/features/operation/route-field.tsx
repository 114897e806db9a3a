'use client';

import { useEffect, useState } from 'react';
import type { MailRoute } from '@postern/admin-contract';
import { SelectField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

/** Where a reroute sends what waits: through one of the routes, or where routes and DNS say now. */
export function RouteField() {
  const [routes, setRoutes] = useState<readonly MailRoute[]>([]);
  useEffect(() => {
    void browserApi.listRoutes({ query: { limit: 200 } }).then((result) => {
      if ('ok' in result) setRoutes(result.ok.items);
    });
  }, []);
  return (
    <SelectField label="Through" name="route" defaultValue="">
      <option value="">where routes and DNS say now</option>
      {routes.map(({ id, name, host }) => (
        <option key={id} value={name}>
          {host ? `${name} (${host})` : name}
        </option>
      ))}
    </SelectField>
  );
}
