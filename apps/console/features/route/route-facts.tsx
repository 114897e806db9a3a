import type { MailRouteDetail } from '@postern/admin-contract';
import { Due, Fact, Facts, Instant, OutsideText, Panel } from '@postern/console-ui';
import { hostsOf, TLS_WORDS } from './words.ts';

/** What a route takes, where that goes, and how it proves who it is. */
export function RouteFacts({ route }: { readonly route: MailRouteDetail }) {
  const { clientCertificate: shown, oauth } = route;
  return (
    <Panel title="Route">
      <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
        <Fact name="Recipient domains">
          <Each values={route.domains.map((domain) => (domain === '*' ? 'all' : domain))} none="none" />
        </Fact>
        <Fact name="Senders">
          <Each values={route.senderRules} none="any" />
        </Fact>
        <Fact name="Tags of credentials and networks">
          <Each values={route.tags} none="any" />
        </Fact>
        {route.kind === 'smarthost' && (
          <>
            <Fact name="Hosts, the first choice first">
              <Each values={hostsOf(route)} none="none" />
            </Fact>
            <Fact name="TLS">
              {TLS_WORDS[route.tls]}
              {route.implicitTls && ', from the start'}
            </Fact>
            <Fact name="Signs in as">
              {oauth ? (
                <>
                  <OutsideText text={oauth.clientId} />, by OAuth at <OutsideText text={oauth.tokenUrl} />
                </>
              ) : route.user === null ? (
                <span className="text-ink-soft">nobody</span>
              ) : (
                <OutsideText text={route.user} />
              )}
            </Fact>
            <Fact name="Client certificate">
              {shown ? (
                <>
                  <OutsideText text={shown.subject} />
                  <span className="block text-xs text-ink-soft">
                    until <Instant at={shown.notAfter} form="full" /> (<Due at={shown.notAfter} />)
                  </span>
                  <span className="block font-mono text-2xs break-all text-ink-soft">{shown.fingerprintSha256}</span>
                </>
              ) : (
                <span className="text-ink-soft">none</span>
              )}
            </Fact>
          </>
        )}
        <Fact name="Asked as number">
          <span className="tabular-nums">{route.position}</span>
        </Fact>
        <Fact name="Made">
          <Instant at={route.createdAt} form="full" />
        </Fact>
      </Facts>
    </Panel>
  );
}

function Each({ values, none }: { readonly values: readonly string[]; readonly none: string }) {
  if (values.length === 0) return <span className="text-ink-soft">{none}</span>;
  return values.map((value) => (
    <span key={value} className="block [overflow-wrap:anywhere]">
      <OutsideText text={value} />
    </span>
  ));
}
