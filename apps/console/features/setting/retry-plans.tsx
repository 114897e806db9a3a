import type { RetryPlan } from '@postern/admin-contract';
import { formatAge, OutsideText, Panel } from '@postern/console-ui';

/** When deferred mail is tried again, and when it is given up: for all mail, a route, a site, or a tag. */
export function RetryPlans({ plans }: { readonly plans: readonly RetryPlan[] }) {
  return (
    <Panel
      title="Retry plans, kept in the database"
      aside={<code className="font-mono text-xs text-ink-soft">postern retry</code>}
    >
      <ul>
        {plans.map(({ id, scope, subject, delaysSeconds, giveUpSeconds }) => (
          <li
            key={id || scope}
            className="flex flex-wrap gap-x-6 gap-y-0.5 border-b border-line px-4 py-2 text-sm last:border-b-0"
          >
            <span className="w-44 font-medium">
              {scope === 'default' ? 'all other mail' : `${scope} `}
              {scope !== 'default' && <OutsideText text={subject} />}
            </span>
            <span className="min-w-0 flex-1 text-ink-soft tabular-nums">
              tried again after {delaysSeconds.map((seconds) => formatAge(seconds * 1000)).join(', ')}, then at that
              pace; given up after {formatAge(giveUpSeconds * 1000)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
