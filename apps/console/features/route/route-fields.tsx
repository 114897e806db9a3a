import type { MailRoute, Problem } from '@postern/admin-contract';
import { Instant, LinesField, OutsideText, SelectField, TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { writeHosts } from './read-hosts.ts';
import { KIND_WORDS, TLS_WORDS } from './words.ts';

/** Everything that a route has; of a route that is changed, its name and its kind stay. */
export function RouteFields(props: { readonly route: MailRoute | undefined; readonly problem: Problem | undefined }) {
  const { route, problem } = props;
  const fault = (field: string) => faultOf(problem, field);
  const plain = { autoComplete: 'off', spellCheck: false } as const;
  return (
    <>
      {!route && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Name" name="name" maxLength={64} required {...plain} error={fault('name')} />
          <SelectField label="Its mail goes" name="kind" defaultValue="smarthost">
            {Object.entries(KIND_WORDS).map(([kind, word]) => (
              <option key={kind} value={kind}>
                {word}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-4">
        <TextField
          label="Smarthost"
          name="host"
          defaultValue={route?.host}
          maxLength={255}
          {...plain}
          error={fault('host')}
        />
        <TextField
          label="Port"
          name="port"
          type="number"
          min={1}
          max={65535}
          defaultValue={route?.port ?? 587}
          error={fault('port')}
        />
      </div>
      <LinesField
        label="Further smarthosts"
        hint="One a line: host:port preference. The lowest preference is tried first; that of the one above is 0."
        name="moreHosts"
        defaultValue={writeHosts(route?.moreHosts ?? [])}
        error={fault('moreHosts')}
      />
      <SelectField label="It must be" name="tls" defaultValue={route?.tls ?? 'verify'}>
        {Object.entries(TLS_WORDS).map(([tls, word]) => (
          <option key={tls} value={tls}>
            {word}
          </option>
        ))}
      </SelectField>
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" name="implicitTls" defaultChecked={route?.implicitTls} className="size-4" />
        TLS from the start, without STARTTLS (port 465)
      </label>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="User"
          hint="Empty where it wants none."
          name="user"
          defaultValue={route?.user ?? ''}
          {...plain}
          error={fault('user')}
        />
        <TextField
          label="Password"
          hint={route?.user ? 'Empty: as it is.' : 'Of OAuth: the client’s secret.'}
          name="password"
          type="password"
          autoComplete="new-password"
          error={fault('password')}
        />
      </div>
      <details open={Boolean(route?.oauth)}>
        <summary className="cursor-pointer text-sm font-medium">OAuth 2.0, for Microsoft 365 and Google</summary>
        <div className="mt-3 flex flex-col gap-4">
          <TextField
            label="Token URL"
            name="tokenUrl"
            type="url"
            defaultValue={route?.oauth?.tokenUrl}
            {...plain}
            error={fault('oauth')}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Client id" name="clientId" defaultValue={route?.oauth?.clientId} {...plain} />
            <TextField label="Scope" name="scope" defaultValue={route?.oauth?.scope} {...plain} />
          </div>
        </div>
      </details>
      <ClientCertificate shown={route?.clientCertificate ?? null} fault={fault('clientCertificate')} />
      <LinesField
        label="Recipient domains that it takes"
        hint="One a line: example.com, *.example.com, or * for all."
        name="domains"
        required
        defaultValue={(route?.domains ?? ['*']).join('\n')}
        error={fault('domains')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <LinesField
          label="Senders"
          hint="@example.org or a@example.org; empty for any."
          name="senderRules"
          defaultValue={route?.senderRules.join('\n')}
          error={fault('senderRules')}
        />
        <LinesField
          label="Tags"
          hint="Of credentials and networks; empty for any."
          name="tags"
          defaultValue={route?.tags.join('\n')}
          error={fault('tags')}
        />
      </div>
    </>
  );
}

/** The certificate that we show to its hosts: what may be seen of the one that is there, and room for another. */
function ClientCertificate(props: {
  readonly shown: MailRoute['clientCertificate'];
  readonly fault: string | undefined;
}) {
  const { shown, fault } = props;
  return (
    <details open={Boolean(shown) || fault !== undefined}>
      <summary className="cursor-pointer text-sm font-medium">
        Client certificate, for hosts that know us by one
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        {shown && (
          <p className="text-sm">
            <OutsideText text={shown.subject} />
            <span className="text-ink-soft">
              {' '}
              until <Instant at={shown.notAfter} />
            </span>
          </p>
        )}
        <LinesField
          label={shown ? 'Another certificate' : 'Certificate'}
          hint={`Certificate, chain and private key without a password, in PEM. It is sealed; the key is never shown again.${shown ? ' Empty: as it is.' : ''}`}
          name="clientCertificate"
          placeholder="-----BEGIN CERTIFICATE-----"
          maxLength={65_536}
          autoComplete="off"
          spellCheck={false}
          error={fault}
        />
        {shown && (
          <label className="flex min-h-6 items-center gap-2 text-sm">
            <input type="checkbox" name="noCertificate" className="size-4 accent-accent" />
            Show none any more
          </label>
        )}
      </div>
    </details>
  );
}
