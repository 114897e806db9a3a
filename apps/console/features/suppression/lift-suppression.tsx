'use client';

import { useState } from 'react';
import type { Problem, Suppression } from '@postern/admin-contract';
import { Button, Callout, Dialog } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

/** Lifts a suppression, once asked: the address is sent to again. */
export function LiftSuppression(props: { readonly suppression: Suppression; readonly onDone: () => void }) {
  const { suppression, onDone } = props;
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const lift = async () => {
    setAsking(true);
    const result = await browserApi.removeSuppression({ params: { id: suppression.id } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setAsked(false);
    onDone();
  };
  return (
    <>
      <Button aria-label={`Lift ${suppression.address}`} onClick={() => setAsked(true)}>
        Lift
      </Button>
      {asked && (
        <Dialog
          open
          onOpenChange={(open) => !open && setAsked(false)}
          title={`Send to ${suppression.address} again`}
          says="If the address is still gone, the next mail to it bounces, and it is suppressed again."
        >
          {problem && (
            <Callout tone="bad" title={problem.title}>
              {problem.detail}
            </Callout>
          )}
          <div className="mt-4 flex flex-row-reverse gap-2">
            <Button kind="primary" disabled={asking} onClick={() => void lift()}>
              {asking ? 'Lifting…' : 'Lift it'}
            </Button>
            <Button onClick={() => setAsked(false)}>Leave it</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
