'use client';

import { ChevronDown, CirclePause, CirclePlay, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MessageDetail, OperationKind } from '@postern/admin-contract';
import { Button, formatCountOf, Menu, MenuItem } from '@postern/console-ui';
import { CommandDialog } from '../command/command-dialog.tsx';
import { BulkDialog } from '../operation/bulk-dialog.tsx';
import { OPERATION_WORDS } from '../operation/words.ts';
import { browserApi } from '../../live/browser-api.ts';

const OPERATIONS = ['reroute', 'expire', 'bounce'] as const;

type Verb = 'hold' | 'release' | 'retry' | 'cancel';

/** What an operator can do with a message; only what its recipients' states allow. */
export function MessageActions({
  message,
  onDone,
}: {
  readonly message: MessageDetail;
  readonly onDone: () => Promise<void>;
}) {
  const [asked, setAsked] = useState<Verb | undefined>(undefined);
  const [operation, setOperation] = useState<OperationKind | undefined>(undefined);
  const { states } = message.recipients;
  const waiting = (states.queued ?? 0) + (states.deferred ?? 0);
  const held = states.held ?? 0;
  const counts = { hold: waiting, release: held, retry: states.deferred ?? 0, cancel: waiting + held };
  const params = { id: message.id };
  const COMMANDS = {
    hold: {
      title: 'Hold this message',
      says: (n: string) => `${n} will wait until someone releases them.`,
      ask: browserApi.holdMessage,
    },
    release: {
      title: 'Release this message',
      says: (n: string) => `${n} will be attempted again.`,
      ask: browserApi.releaseMessage,
    },
    retry: {
      title: 'Retry now',
      says: (n: string) => `${n} will be due at once, before their next attempt would be.`,
      ask: browserApi.retryMessage,
    },
    cancel: {
      title: 'Cancel this message',
      says: (n: string) => `${n} will never be sent. This cannot be taken back.`,
      ask: browserApi.cancelMessage,
    },
  } as const;
  const command = asked && COMMANDS[asked];
  return (
    <div className="flex flex-wrap gap-2">
      {counts.retry > 0 && (
        <Button icon={RotateCw} onClick={() => setAsked('retry')}>
          Retry now
        </Button>
      )}
      {counts.hold > 0 && (
        <Button icon={CirclePause} onClick={() => setAsked('hold')}>
          Hold
        </Button>
      )}
      {counts.release > 0 && (
        <Button icon={CirclePlay} onClick={() => setAsked('release')}>
          Release
        </Button>
      )}
      {counts.cancel > 0 && (
        <Button icon={Trash2} kind="danger" onClick={() => setAsked('cancel')}>
          Cancel
        </Button>
      )}
      {counts.cancel > 0 && (
        <Menu
          trigger={
            <Button>
              More
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          {OPERATIONS.map((kind) => (
            <MenuItem
              key={kind}
              kind={OPERATION_WORDS[kind].harm ? 'danger' : 'plain'}
              onSelect={() => setOperation(kind)}
            >
              {OPERATION_WORDS[kind].verb}
            </MenuItem>
          ))}
        </Menu>
      )}
      {operation && (
        <BulkDialog
          kind={operation}
          query={`id:${message.id}`}
          onClose={() => setOperation(undefined)}
          onDone={() => void onDone()}
        />
      )}
      {asked && command && (
        <CommandDialog
          title={command.title}
          says={command.says(formatCountOf(counts[asked], 'recipient', 'recipients'))}
          verb={command.title}
          kind={asked === 'cancel' ? 'danger' : 'primary'}
          onClose={() => setAsked(undefined)}
          command={(reason) => command.ask({ params, body: reason })}
          onDone={onDone}
        />
      )}
    </div>
  );
}
