'use client';

import { useEffect, useState } from 'react';
import type { MailRoute, MailRouteDetail, QueueDetail } from '@postern/admin-contract';
import { Callout, formatCountOf, OutsideText } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { depthOf } from '../queue/merge-queues.ts';

/** Removes a route, once it was said what waits for it and who uses it. */
export function RemoveRoute(props: {
  readonly route: MailRoute;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { route, onClose, onDone } = props;
  const [now, setNow] = useState<MailRouteDetail | undefined>(undefined);
  const [queue, setQueue] = useState<QueueDetail | undefined>(undefined);
  const { id, queueId } = route;
  useEffect(() => {
    void browserApi
      .showRoute({ params: { route: id } })
      .then((result) => setNow('ok' in result ? result.ok : undefined));
    void browserApi
      .showQueue({ params: { id: queueId } })
      .then((result) => setQueue('ok' in result ? result.ok : undefined));
  }, [id, queueId]);
  const users = now?.usedBy.filter(({ by }) => by === 'route') ?? [];
  return (
    <CommandDialog
      title={`Remove the route ${route.name}`}
      says={saysOf(queue)}
      verb="Remove it"
      kind="danger"
      onClose={onClose}
      command={(body) => browserApi.removeRoute({ params: { route: id }, body })}
      onDone={onDone}
    >
      {users.length > 0 && (
        <Callout tone="wait" title="It is in use, and will not be removed">
          All mail of <OutsideText text={users.map(({ name }) => name).join(', ')} /> takes it: give them another route
          first, or none.
        </Callout>
      )}
    </CommandDialog>
  );
}

function saysOf(queue: QueueDetail | undefined): string {
  const then = 'looked up anew: other routes and the DNS say where it goes then.';
  if (!queue) return `What waits for it is ${then}`;
  const depth = depthOf(queue);
  if (depth === 0) return 'Nothing waits for it now. Its mail goes where other routes and the DNS say from then on.';
  return `${formatCountOf(depth, 'recipient waits', 'recipients wait')} for it, and ${depth === 1 ? 'is' : 'are'} ${then}`;
}
