import type { EnvironmentSetting } from '@postern/admin-contract';
import { OutsideText, Panel } from '@postern/console-ui';

/** The variables of the environment: those that are set first, each with its meaning. */
export function EnvironmentTable({ settings }: { readonly settings: readonly EnvironmentSetting[] }) {
  const ordered = [...settings.filter((each) => each.set), ...settings.filter((each) => !each.set)];
  return (
    <Panel title="Set by the environment" aside={<span className="text-xs text-ink-soft">read-only here</span>}>
      <dl>
        {ordered.map(({ name, meaning, says, set, value }) => (
          <div
            key={name}
            className="gap-x-6 border-b border-line px-4 py-2 text-sm last:border-b-0 lg:grid lg:grid-cols-[19rem_minmax(0,1fr)]"
          >
            <dt className="font-mono text-xs leading-5 break-all">{name}</dt>
            <dd className="min-w-0">
              <span className={set ? 'font-medium break-words' : 'break-words text-ink-soft'}>
                {set ? (
                  value === null ? (
                    'set; a secret, not shown'
                  ) : (
                    <OutsideText text={value} />
                  )
                ) : (
                  `default: ${says.replaceAll('`', '')}`
                )}
              </span>
              <span className="block text-xs text-ink-soft">{meaning.replaceAll('`', '')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
