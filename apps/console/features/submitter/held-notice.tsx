'use client';

import { useState } from 'react';
import type { Result } from '@postern/admin-client';
import { Button, Callout, Instant, SelectField } from '@postern/console-ui';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';

/** Says that the abuse guard holds new mail, and offers to release it. */
export function HeldNotice(props: {
  readonly name: string;
  readonly since: string;
  readonly release:
    ((body: { readonly reason?: string; readonly mail: 'release' | 'keep' }) => Promise<Result<unknown>>) | undefined;
  readonly onDone: () => void;
}) {
  const { name, since, release, onDone } = props;
  const [asked, setAsked] = useState(false);
  return (
    <Callout tone="wait" title="The abuse guard holds its new mail" className="mb-4">
      <p>
        Since <Instant at={since} form="full" />. It is accepted and kept, and nothing of it is sent until it is
        released.
      </p>
      {release && (
        <Button className="mt-2" onClick={() => setAsked(true)}>
          Release it
        </Button>
      )}
      {asked && release && (
        <FormDialog
          title={`Release ${name}`}
          says="What it sent is as it should be: new mail goes on, and this hour counts as usual from now on."
          verb="Release it"
          busy="Releasing…"
          submit={(form) => release({ ...reasonOf(form), mail: textOf(form, 'mail') === 'keep' ? 'keep' : 'release' })}
          onDone={onDone}
          onClose={() => setAsked(false)}
        >
          {() => (
            <>
              <SelectField label="What was held since then" name="mail" defaultValue="release">
                <option value="release">goes on</option>
                <option value="keep">stays held</option>
              </SelectField>
              <ReasonField />
            </>
          )}
        </FormDialog>
      )}
    </Callout>
  );
}
