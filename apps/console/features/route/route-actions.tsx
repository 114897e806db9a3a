'use client';

import { ArrowDown, ArrowUp, Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MailRoute } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RemoveRoute } from './remove-route.tsx';
import { ChangeRoute } from './route-dialog.tsx';
import { TestDialog } from './test-dialog.tsx';

type Asked = 'test' | 'change' | 'up' | 'down' | 'remove';

/** What can be done with a route; the routes beside it say where it may be moved to. */
export function RouteActions(props: {
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
      <Menu
        trigger={
          <IconButton label={`Commands for the route ${route.name}`} className="relative">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {route.kind === 'smarthost' && item(PlugZap, 'Test', () => setAsked('test'))}
        {item(Pencil, 'Change', () => setAsked('change'))}
        {above && item(ArrowUp, `Ask before ${above.name}`, () => setAsked('up'))}
        {below && item(ArrowDown, `Ask after ${below.name}`, () => setAsked('down'))}
        <MenuItem onSelect={() => setAsked('remove')}>
          <Trash2 aria-hidden />
          <span className="text-bad">Remove</span>
        </MenuItem>
      </Menu>
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

function item(Icon: typeof Pencil, word: string, onSelect: () => void) {
  return (
    <MenuItem onSelect={onSelect}>
      <Icon aria-hidden />
      {word}
    </MenuItem>
  );
}
