'use client';

import type { SendingDomainDetail } from '@postern/admin-contract';
import { LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { linesOf, numberOrNull, reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told, type Told } from '../form/told.ts';
import { DomainFields, domainOf } from './domain-fields.tsx';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** Changes how a sending domain signs and rotates; its keys stay. */
export function DomainSettings(props: {
  readonly domain: SendingDomainDetail;
  readonly onDone: (domain: SendingDomainDetail) => void;
  readonly onClose: () => void;
}) {
  const { domain, onDone, onClose } = props;
  const params = { domain: domain.id };
  return (
    <EditDialog
      title={`Signing of ${domain.name}`}
      says="It counts from the next message on. The keys stay as they are."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showDomain({ params })}
      tells={tells}
      submit={(form, options) => {
        const body = {
          ...domainOf(form),
          settleSeconds: Math.round((numberOrNull(form, 'settle') ?? 1) * HOUR_SECONDS),
          retainSeconds: Math.round((numberOrNull(form, 'retain') ?? 7) * DAY_SECONDS),
          signedFields: linesOf(form, 'fields'),
          ...reasonOf(form),
        };
        return browserApi.updateDomain({ params, body }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(now, problem) => (
        <>
          <DomainFields domain={now} problem={problem} />
          <div className="grid items-end gap-3 sm:grid-cols-2">
            <TextField
              label="A new key signs when seen for, hours"
              name="settle"
              type="number"
              min={0}
              max={720}
              step="any"
              required
              defaultValue={now.settleSeconds / HOUR_SECONDS}
              error={faultOf(problem, 'settleSeconds')}
            />
            <TextField
              label="An old key stays published for, days"
              name="retain"
              type="number"
              min={0}
              max={365}
              step="any"
              required
              defaultValue={now.retainSeconds / DAY_SECONDS}
              error={faultOf(problem, 'retainSeconds')}
            />
          </div>
          <LinesField
            label="Header fields signed beside the usual ones"
            hint="One a line, such as X-Campaign."
            name="fields"
            rows={2}
            spellCheck={false}
            defaultValue={now.signedFields.join('\n')}
            error={faultOf(problem, 'signedFields')}
          />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}

function tells(domain: SendingDomainDetail): readonly Told[] {
  return [
    told('subDomains', 'It also signs for its sub-domains', domain.subDomains),
    told('rotate', 'New keys every so many days', domain.rotateDays, 'by hand'),
    told('settle', 'A new key signs when seen for, hours', domain.settleSeconds / HOUR_SECONDS),
    told('retain', 'An old key stays published for, days', domain.retainSeconds / DAY_SECONDS),
    told('fields', 'Header fields signed beside the usual ones', domain.signedFields),
  ];
}
