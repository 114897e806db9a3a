import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { MailRouteDetail } from '@postern/admin-contract';
import { Button, Due, Instant, Panel, TonedWord, Verbatim } from '@postern/console-ui';
import { hostsOf } from './words.ts';

const GOOD = { icon: CircleCheck, tone: 'good', word: 'well' } as const;
const BAD = { icon: CircleAlert, tone: 'bad', word: 'failing' } as const;
const UNKNOWN = { icon: CircleDashed, tone: 'idle', word: 'not used yet' } as const;

/** How each host of a route and its access token did when they were last used. */
export function RouteHealth(props: { readonly route: MailRouteDetail; readonly onTest: (() => void) | undefined }) {
  const { route, onTest } = props;
  const wanted = [...hostsOf(route), ...(route.oauth ? ['token'] : [])];
  const known = new Map(route.health.map((each) => [each.part, each]));
  const parts = [...wanted, ...route.health.map(({ part }) => part).filter((part) => !wanted.includes(part))];
  return (
    <Panel title={route.oauth ? 'How its hosts and its token do' : 'How its hosts do'}>
      <ul>
        {parts.map((part) => {
          const health = known.get(part);
          return (
            <li key={part} className="border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium break-all">{part === 'token' ? 'access token' : part}</span>
                <TonedWord {...(health ? (health.ok ? GOOD : BAD) : UNKNOWN)} />
                {health && (
                  <span className="text-xs text-ink-soft">
                    since <Instant at={health.since} />
                    {health.expiresAt && (
                      <>
                        , expires <Due at={health.expiresAt} />
                      </>
                    )}
                  </span>
                )}
              </p>
              {health && health.text !== '' && <Verbatim text={health.text} className="mt-1 text-ink-soft" />}
            </li>
          );
        })}
      </ul>
      {onTest && route.health.length === 0 && (
        <p className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2.5 text-sm text-ink-soft">
          <span className="min-w-0 flex-1 basis-60">
            Nothing was sent this way yet. A test speaks with each host as mail would, and sends nothing.
          </span>
          <Button onClick={onTest}>Test it</Button>
        </p>
      )}
    </Panel>
  );
}
