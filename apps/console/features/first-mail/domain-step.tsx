'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button, OutsideText } from '@postern/console-ui';
import { firstMailPath } from '../../app/(console)/first-mail/search-params.ts';
import { AddDomain } from '../domain/add-dialog.tsx';
import { Choice } from '../table/choice.tsx';

/** Names the domain that mail is sent as: a new one, or one that is there. */
export function DomainStep(props: {
  readonly names: readonly string[];
  readonly chosen: string | undefined;
  readonly mayAdd: boolean;
}) {
  const { names, chosen, mayAdd } = props;
  const router = useRouter();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p className="text-ink-soft">
        What stands behind the @ of your senders. Postern makes its keys, and signs its mail from then on.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {names.length > 1 && chosen !== undefined ? (
          <Choice
            label="Domain"
            value={chosen}
            onChange={(name) => router.push(firstMailPath(name))}
            options={names.map((name) => [name, name])}
            className="max-w-full max-sm:basis-full"
          />
        ) : (
          chosen !== undefined && (
            <span className="font-medium break-all">
              <OutsideText text={chosen} />
            </span>
          )
        )}
        {mayAdd && (
          <Button kind={chosen === undefined ? 'primary' : 'plain'} onClick={() => setAdding(true)}>
            {chosen === undefined ? 'Add a domain' : 'Add another'}
          </Button>
        )}
      </div>
      {!mayAdd && chosen === undefined && <p className="mt-2">Whoever administers sending domains has to add one.</p>}
      {adding && (
        <AddDomain onClose={() => setAdding(false)} onAdded={({ name }) => router.push(firstMailPath(name))} />
      )}
    </>
  );
}
