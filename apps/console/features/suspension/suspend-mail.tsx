'use client';

import { useState } from 'react';
import type { SUSPENSION_SCOPES } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { HowLong, untilOf } from './how-long.tsx';

type Scope = (typeof SUSPENSION_SCOPES)[number];

const WORDS: Readonly<Record<Scope, string>> = {
  domain: 'mail to a domain',
  sender: 'mail from a sender',
  credential: 'mail of a credential',
  all: 'all mail',
};
const HINTS: Readonly<Record<Exclude<Scope, 'all'>, string>> = {
  domain: 'example.com, or *.example.com for its sub-domains.',
  sender: 'An address, or a whole domain as @example.org.',
  credential: 'Its name, such as app1.',
};
const OFFERED = ['domain', 'sender', 'credential', 'all'] as const satisfies readonly Scope[];

/** Suspends mail in whichever queue it waits; a single queue is suspended on its own page. */
export function SuspendMail({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  const [scope, setScope] = useState<Scope>('domain');
  return (
    <FormDialog
      title="Suspend mail"
      says="It is accepted and waits, in whichever queue it is; nothing of it is sent meanwhile. What is under way is finished."
      verb={`Suspend ${WORDS[scope]}`}
      busy="Suspending…"
      {...(scope === 'all' ? { kind: 'danger' as const } : {})}
      submit={(form) =>
        browserApi.suspend({
          body: { scope, subject: textOf(form, 'subject'), until: untilOf(form), ...reasonOf(form) },
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SelectField
            label="What"
            value={scope}
            onChange={(event) => setScope(OFFERED.find((each) => each === event.target.value) ?? 'domain')}
          >
            {OFFERED.map((each) => (
              <option key={each} value={each}>
                {WORDS[each]}
              </option>
            ))}
          </SelectField>
          {scope !== 'all' && (
            <TextField
              label="Which"
              hint={HINTS[scope]}
              name="subject"
              maxLength={320}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={faultOf(problem, 'subject')}
            />
          )}
          <HowLong />
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
