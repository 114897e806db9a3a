'use client';

import { ArrowDown, ArrowUp, Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MailRoute } from '@postern/admin-contract';
import { MenuItem } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RowMenu } from '../table/row-menu.tsx';
import { RemoveRoute } from './remove-route.tsx';
import { ChangeRoute } from './route-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

type Asked = 'test' | 'change' | 'up' | 'down' | 'remove';

/** What can be done with a route; the routes beside it say where it may be moved to. */
export function RouteMenu(props: {
  readonly route: MailRoute;
  readonly among: readonly MailRoute[];
  readonly onDone: () => void;
}) {
  const { route, among } = props;
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setAsked(undefined);
  const at = among.findIndex(({ id }) => id === route.id);
  const above = among[at - 1];
  const below = among[at + 1];
  const move = { up: above?.id ?? null, down: among[at + 2]?.id ?? null };
  const params = { route: route.id };
  return (
    <>
      <RowMenu label={`Commands for the route ${route.name}`}>
        {route.kind === 'smarthost' && (
          <MenuItem icon={PlugZap} onSelect={() => setAsked('test')}>
            Test
          </MenuItem>
        )}
        <MenuItem icon={Pencil} onSelect={() => setAsked('change')}>
          Change
        </MenuItem>
        {above && (
          <MenuItem icon={ArrowUp} onSelect={() => setAsked('up')}>
            Ask before {above.name}
          </MenuItem>
        )}
        {below && (
          <MenuItem icon={ArrowDown} onSelect={() => setAsked('down')}>
            Ask after {below.name}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} kind="danger" onSelect={() => setAsked('remove')}>
          Remove
        </MenuItem>
      </RowMenu>
      {asked === 'test' && <TestDialog route={route} onClose={close} />}
      {asked === 'change' && <ChangeRoute route={route} onClose={close} onDone={props.onDone} />}
      {(asked === 'up' || asked === 'down') && (
        <CommandDialog
          title={asked === 'up' ? `Ask it before ${above?.name}` : `Ask it after ${below?.name}`}
          says="The first route that takes a recipient has it. Mail that waits already stays where it is."
          verb="Move it"
          kind="primary"
          reason="none"
          onClose={close}
          command={() => browserApi.moveRoute({ params, body: { before: move[asked] } })}
          onDone={props.onDone}
        />
      )}
      {asked === 'remove' && <RemoveRoute route={route} onClose={close} onDone={props.onDone} />}
    </>
  );
}
