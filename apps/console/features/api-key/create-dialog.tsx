'use client';

import { useState, type FormEvent } from 'react';
import { PERMISSIONS, type NewApiKey, type Permission, type Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { textOf } from '../form/read-form.ts';
import { CopiedButton, SecretLines } from '../form/secret-lines.tsx';

/** Makes an API key: what it is for and what it may do; then shows it, once. */
export function CreateApiKey(props: {
  /** What the viewer may do: nobody gives a key more. */
  readonly permissions: readonly Permission[];
  readonly onClose: () => void;
}) {
  const [made, setMade] = useState<NewApiKey | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const permissions = PERMISSIONS.filter((each) => form.has(each));
    const days = Number(textOf(form, 'days'));
    const expiresAt = days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
    setAsking(true);
    const result = await browserApi.createApiKey({ body: { name: textOf(form, 'name'), permissions, expiresAt } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setMade(result.ok);
  };
  const onOpenChange = (open: boolean) => !open && props.onClose();
  if (made)
    return (
      <Dialog
        open
        onOpenChange={onOpenChange}
        title={`${made.apiKey.name} is ready`}
        says="This is the only time that the key is shown. Copy it now."
      >
        <div className="flex flex-col gap-4">
          <SecretLines
            lines={[
              ['Key', made.key],
              ['Header', `Authorization: Bearer ${made.key}`],
            ]}
          />
          <CopiedButton onDone={props.onClose} />
        </div>
      </Dialog>
    );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Create an API key"
      says="For one program, so that it can be revoked alone."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        <TextField
          label="Name"
          hint="What it is for, such as monitoring or deploy-script."
          name="name"
          maxLength={64}
          required
          autoFocus
          autoComplete="off"
          error={faultOf(problem, 'name')}
        />
        <Permissions given={props.permissions} error={faultOf(problem, 'permissions')} />
        <TextField
          label="Expires after days"
          hint="Empty for never."
          name="days"
          type="number"
          min={1}
          max={3650}
          error={faultOf(problem, 'expiresAt')}
        />
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Creating…' : 'Create'}
          </Button>
          <Button onClick={props.onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What it may do: reading is chosen at first, and nothing that changes anything. */
function Permissions(props: { readonly given: readonly Permission[]; readonly error: string | undefined }) {
  return (
    <fieldset>
      <legend className="text-sm font-medium">It may</legend>
      <div className="mt-1.5 grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-3">
        {PERMISSIONS.filter((each) => props.given.includes(each)).map((each) => (
          <label key={each} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name={each}
              defaultChecked={each.endsWith(':read')}
              className="size-4 accent-accent"
            />
            {each}
          </label>
        ))}
      </div>
      {props.error && <p className="mt-1 text-xs font-medium text-bad">{props.error}</p>}
    </fieldset>
  );
}
