'use client';

import { Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { MailRouteDetail, QueueDetail } from '@postern/admin-contract';
import { Button, OutsideText } from '@postern/console-ui';
import { RemoveRoute } from '../../../../features/route/remove-route.tsx';
import { ChangeRoute } from '../../../../features/route/route-dialog.tsx';
import { RouteFacts } from '../../../../features/route/route-facts.tsx';
import { RouteHealth } from '../../../../features/route/route-health.tsx';
import { RouteQueue } from '../../../../features/route/route-queue.tsx';
import { RouteUsers } from '../../../../features/route/route-users.tsx';
import { TestDialog } from '../../../../features/route/test-dialog.tsx';
import { KIND_SAYS } from '../../../../features/route/words.ts';
import { useLivePage } from '../../../../live/use-live-page.ts';

export function RouteClient(props: {
  readonly route: MailRouteDetail;
  /** Undefined: the viewer may not see queues. */
  readonly queue: QueueDetail | undefined;
  readonly mayWrite: boolean;
}) {
  const { route, queue, mayWrite } = props;
  const router = useRouter();
  const [asked, setAsked] = useState<'test' | 'change' | 'remove' | undefined>(undefined);
  const onClose = () => setAsked(undefined);
  const again = () => router.refresh();
  useLivePage();
  const goesOut = route.kind === 'smarthost';
  const test = () => setAsked('test');
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
            <OutsideText text={route.name} />
          </h1>
          <p className="mt-1 text-sm text-ink-soft">{KIND_SAYS[route.kind]}</p>
        </div>
        {mayWrite && (
          <div className="flex flex-wrap gap-2">
            {goesOut && (
              <Button icon={PlugZap} onClick={test}>
                Test
              </Button>
            )}
            <Button icon={Pencil} onClick={() => setAsked('change')}>
              Change
            </Button>
            <Button icon={Trash2} kind="danger" onClick={() => setAsked('remove')}>
              Remove
            </Button>
          </div>
        )}
      </header>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-4">
          {goesOut && <RouteHealth route={route} onTest={mayWrite ? test : undefined} />}
          {queue && <RouteQueue queue={queue} />}
          <RouteUsers route={route} />
        </div>
        <RouteFacts route={route} />
      </div>
      {asked === 'test' && <TestDialog route={route} onClose={onClose} onDone={again} />}
      {asked === 'change' && <ChangeRoute route={route} onClose={onClose} onDone={again} />}
      {asked === 'remove' && <RemoveRoute route={route} onClose={onClose} onDone={() => router.push('/routes')} />}
    </>
  );
}
