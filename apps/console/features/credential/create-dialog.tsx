'use client';

import type { NewCredential, Problem } from '@postern/admin-contract';
import { Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { numberOrNull, textOf } from '../form/read-form.ts';
import { aboutOf, AboutFields } from '../submitter/about-fields.tsx';
import { NewSecret } from './new-secret.tsx';
import { ExpiresField, NetworksField, rightsOf, SendersField } from './right-fields.tsx';

/** Makes a credential: what it is for and whom it may send as; then shows its secret, once. */
export function CreateCredential(props: {
  readonly onClose: () => void;
  /** A sender rule to begin with. */
  readonly sender?: string;
  readonly onMade?: (made: NewCredential) => void;
}) {
  const { onClose } = props;
  return (
    <FormDialog
      title="Create a credential"
      says="For one application or device, so that it can be revoked alone."
      verb="Create"
      busy="Creating…"
      submit={(form) => {
        const messagesPerHour = numberOrNull(form, 'perHour');
        const body = {
          name: textOf(form, 'name'),
          ...rightsOf(form),
          ...(messagesPerHour === null ? {} : { limits: { messagesPerHour } }),
          ...aboutOf(form),
        };
        return browserApi.createCredential({ body });
      }}
      {...(props.onMade ? { onDone: props.onMade } : {})}
      onClose={onClose}
      shows={(made) => (
        <Dialog
          title={`${made.credential.name} is ready`}
          says="This is the only time that its secret is shown. Copy it now."
          onClose={onClose}
        >
          <NewSecret made={made} onDone={onClose} />
        </Dialog>
      )}
    >
      {(problem) => (
        <>
          <TextField
            label="Name"
            hint="What it signs in with, such as app1 or printer-2nd-floor."
            name="name"
            maxLength={64}
            required
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={faultOf(problem, 'name')}
          />
          <SendersField initial={props.sender === undefined ? [] : [props.sender]} problem={problem} />
          <details open={hasMoreFaults(problem) || undefined}>
            <summary className="cursor-default text-sm text-accent-strong hover:underline">
              Networks, limits, owner and more
            </summary>
            <div className="mt-3 flex flex-col gap-4">
              <NetworksField initial={[]} problem={problem} />
              <div className="grid items-end gap-3 sm:grid-cols-2">
                <TextField
                  label="Messages an hour"
                  hint="At most; empty for no limit."
                  name="perHour"
                  type="number"
                  min={1}
                  max={2_000_000_000}
                  error={faultOf(problem, 'limits')}
                />
                <ExpiresField initial={null} problem={problem} />
              </div>
              <AboutFields submitter={undefined} problem={problem} />
            </div>
          </details>
        </>
      )}
    </FormDialog>
  );
}

/** A fault in a field that is folded away has to be seen. */
function hasMoreFaults(problem: Problem | undefined): boolean {
  const folded = ['networks', 'limits', 'expiresAt', 'owner', 'note', 'tag', 'route'];
  return folded.some((field) => faultOf(problem, field) !== undefined);
}
