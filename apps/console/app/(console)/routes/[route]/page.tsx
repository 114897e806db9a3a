import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { MailRouteDetail } from '@postern/admin-contract';
import { buttonLook, Due, Fact, Facts, Instant, OutsideText, Panel, TonedWord, Verbatim } from '@postern/console-ui';
import { hostsOf, KIND_WORDS, TLS_WORDS } from '../../../../features/route/words.ts';
import { AskedPage } from '../../../../features/shell/asked-page.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { PageHeading } from '../../../../features/shell/page-heading.tsx';
import { ask } from '../../../../server/api.ts';

export const metadata: Metadata = { title: 'Route' };

export default async function RoutePage({ params }: { readonly params: Promise<{ readonly route: string }> }) {
  const { route } = await params;
  const asked = await ask((api) => api.showRoute({ params: { route: decodeURIComponent(route) } }));
  if (asked.problem?.code === 'not-found' || asked.problem?.code === 'invalid-request') notFound();
  return (
    <>
      <BackLink href="/routes">Routes</BackLink>
      <AskedPage title="Route" asked={asked}>
        {(shown) => <Shown route={shown} />}
      </AskedPage>
    </>
  );
}

function Shown({ route }: { readonly route: MailRouteDetail }) {
  return (
    <>
      <PageHeading
        title={<OutsideText text={route.name} />}
        says={KIND_WORDS[route.kind]}
        actions={
          <Link href={`/queues/${route.queueId}`} prefetch={false} className={buttonLook('plain')}>
            Its queue
          </Link>
        }
      />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Panel title="How its hosts and its token do">
          {route.health.length === 0 ? (
            <p className="px-4 py-3.5 text-ink-soft">
              Nothing was sent this way yet. Test it from the list of routes: a conversation that sends nothing.
            </p>
          ) : (
            <ul>
              {route.health.map(({ part, ok, since, text, expiresAt }) => (
                <li key={part} className="border-b border-line px-4 py-2.5 text-sm last:border-b-0">
                  <p className="flex flex-wrap items-baseline gap-x-3">
                    <span className="font-medium">{part === 'token' ? 'access token' : part}</span>
                    <TonedWord {...(ok ? GOOD : BAD)} />
                    <span className="text-xs text-ink-soft">
                      since <Instant at={since} />
                      {expiresAt && (
                        <>
                          , expires <Due at={expiresAt} />
                        </>
                      )}
                    </span>
                  </p>
                  {text !== '' && <Verbatim text={text} className="mt-1 text-ink-soft" />}
                </li>
              ))}
            </ul>
          )}
        </Panel>
        <Panel title="Route">
          <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
            {route.kind === 'smarthost' && (
              <>
                <Fact name="Hosts, the first choice first">
                  {hostsOf(route).map((host) => (
                    <span key={host} className="block break-all">
                      {host}
                    </span>
                  ))}
                </Fact>
                <Fact name="TLS">
                  {TLS_WORDS[route.tls]}
                  {route.implicitTls && ', from the start'}
                </Fact>
                <Fact name="Signs in as">
                  {route.oauth
                    ? `${route.oauth.clientId}, by OAuth at ${route.oauth.tokenUrl}`
                    : (route.user ?? 'nobody')}
                </Fact>
              </>
            )}
            <Fact name="Recipient domains">{route.domains.join(', ')}</Fact>
            <Fact name="Senders">{route.senderRules.join(', ') || 'any'}</Fact>
            <Fact name="Tags">{route.tags.join(', ') || 'any'}</Fact>
          </Facts>
        </Panel>
      </div>
    </>
  );
}

const GOOD = { icon: CircleCheck, tone: 'good', word: 'well' } as const;
const BAD = { icon: CircleAlert, tone: 'bad', word: 'failing' } as const;
