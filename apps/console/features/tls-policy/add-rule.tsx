'use client';

import { CIPHER_SUITES, RULE_CHANNELS, TLS_VERSIONS, type TlsRule } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { instantOrNull, textOf } from '../form/read-form.ts';
import { DEMANDS } from './demand-of.ts';

const SCOPES: Readonly<Record<TlsRule['scope'], string>> = {
  domain: 'Mail to a domain',
  route: 'Mail by a route',
  credential: 'Mail that a credential submits',
};

/** Decides about the channel of some mail, for a reason and perhaps for a while. */
export function AddRule({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Add a rule"
      says="It counts from the next connection on, beside what the destination demands: the stricter of both."
      verb="Add it"
      busy="Adding…"
      submit={(form) => browserApi.addTlsRule({ body: bodyOf(form) })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <SelectField label="For" name="scope" defaultValue="domain">
              {Object.entries(SCOPES).map(([scope, says]) => (
                <option key={scope} value={scope}>
                  {says}
                </option>
              ))}
            </SelectField>
            <TextField
              label="Which"
              name="of"
              placeholder="example.com, *.example.com, a name"
              maxLength={255}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={faultOf(problem, 'of')}
            />
            <SelectField label="Demands" name="channel" defaultValue="verified">
              {RULE_CHANNELS.map((channel) => (
                <option key={channel} value={channel}>
                  {DEMANDS[channel]}
                </option>
              ))}
            </SelectField>
            <SelectField label="At least" name="minVersion" defaultValue="">
              <option value="">any TLS from 1.2 on</option>
              {TLS_VERSIONS.map((version) => (
                <option key={version} value={version}>
                  {version.replace('v', ' ')}
                </option>
              ))}
            </SelectField>
            <SelectField label="Cipher suites" name="ciphers" defaultValue="">
              <option value="">any</option>
              <option value="forward-secret">with forward secrecy</option>
              {CIPHER_SUITES.map((suite) => (
                <option key={suite} value={suite}>
                  {suite}
                </option>
              ))}
            </SelectField>
            <SelectField label="An expired certificate" name="allowExpired" defaultValue="">
              <option value="">is refused</option>
              <option value="yes">will do, until the date</option>
            </SelectField>
          </div>
          {faultOf(problem, 'channel') && <p className="text-xs font-medium text-bad">{faultOf(problem, 'channel')}</p>}
          <TextField
            label="Until"
            hint="Empty: until it is removed. What allows an expired certificate must end."
            name="until"
            type="datetime-local"
            error={faultOf(problem, 'until')}
          />
          <TextField
            label="Reason"
            hint="Shown with the rule, and with each attempt that it decided."
            name="reason"
            maxLength={500}
            required
            autoComplete="off"
            error={faultOf(problem, 'reason')}
          />
        </>
      )}
    </FormDialog>
  );
}

function bodyOf(form: FormData) {
  const suites = textOf(form, 'ciphers');
  return {
    scope: one(['domain', 'route', 'credential'] as const, textOf(form, 'scope')) ?? 'domain',
    of: textOf(form, 'of'),
    channel: one(RULE_CHANNELS, textOf(form, 'channel')) ?? 'none',
    minVersion: one(TLS_VERSIONS, textOf(form, 'minVersion')) ?? null,
    ciphers: CIPHER_SUITES.filter((suite) => suites === 'forward-secret' || suites === suite),
    allowExpired: textOf(form, 'allowExpired') === 'yes',
    until: instantOrNull(form, 'until'),
    reason: textOf(form, 'reason'),
  };
}

function one<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((each) => each === text);
}
