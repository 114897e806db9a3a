'use client';

import { useRouter } from 'next/navigation';
import type { SendingDomainDetail } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { DomainFields, domainOf } from './domain-fields.tsx';

/** Adds a sending domain, and goes to its page, where the records to publish are, unless something else is to follow. */
export function AddDomain(props: {
  readonly onClose: () => void;
  readonly onAdded?: (domain: SendingDomainDetail) => void;
}) {
  const { onClose } = props;
  const router = useRouter();
  return (
    <FormDialog
      title="Add a sending domain"
      says="Its keys are made here, and its mail is signed from now on. Then you publish the records that its page shows."
      verb="Add it"
      busy="Making its keys…"
      submit={(form) => browserApi.addDomain({ body: { name: textOf(form, 'name'), ...domainOf(form) } })}
      onDone={props.onAdded ?? (({ name }) => router.push(`/domains/${encodeURIComponent(name)}`))}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Domain"
            hint="What stands behind the @ of the senders: example.org."
            name="name"
            maxLength={255}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={faultOf(problem, 'name')}
          />
          <DomainFields problem={problem} />
        </>
      )}
    </FormDialog>
  );
}
