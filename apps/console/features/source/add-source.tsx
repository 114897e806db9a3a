'use client';

import { LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { linesOf, textOf } from '../form/read-form.ts';

/** Adds a source to a pool. */
export function AddSource({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Add a source"
      says="Addresses of this machine that mail leaves from. Every delivering machine needs them on an interface; one that has not is shown."
      verb="Add it"
      busy="Adding…"
      submit={(form) =>
        browserApi.addSource({
          body: {
            name: textOf(form, 'name'),
            pool: textOf(form, 'pool') || 'default',
            addresses: linesOf(form, 'addresses'),
            ehloName: textOf(form, 'ehloName'),
            weight: Number(textOf(form, 'weight') || 1),
            warmUp: linesOf(form, 'warmUp').map(Number),
          },
        })
      }
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Name"
              name="name"
              required
              autoFocus
              autoComplete="off"
              error={faultOf(problem, 'name')}
            />
            <TextField
              label="Pool"
              name="pool"
              defaultValue="default"
              autoComplete="off"
              error={faultOf(problem, 'pool')}
            />
          </div>
          <LinesField
            label="Addresses"
            hint="One IPv4 address, one IPv6 address, or both."
            name="addresses"
            required
            error={faultOf(problem, 'addresses')}
          />
          <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-4">
            <TextField
              label="Name in EHLO"
              name="ehloName"
              required
              autoComplete="off"
              error={faultOf(problem, 'ehloName')}
            />
            <TextField
              label="Weight"
              name="weight"
              type="number"
              min={1}
              max={1000}
              defaultValue={1}
              error={faultOf(problem, 'weight')}
            />
          </div>
          <LinesField
            label="Warm-up"
            hint="Messages to each site, day by day: 50, 100, 200. Empty: it is warm."
            name="warmUp"
            error={faultOf(problem, 'warmUp')}
          />
        </>
      )}
    </FormDialog>
  );
}
