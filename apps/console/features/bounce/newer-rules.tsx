import type { CallOptions, Result } from '@postern/admin-client';
import { newProblem, type BounceRuleSet } from '@postern/admin-contract';
import { Button, Callout, formatCountOf, Instant, OutsideText } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

/** Activates rules that were written over a version, unless another one counts by now: then that one is told. */
export async function overVersion(
  version: number,
  activate: (options: CallOptions) => Promise<Result<BounceRuleSet>>,
  onNewer: (newer: BounceRuleSet) => void,
): Promise<Result<BounceRuleSet>> {
  const now = await browserApi.showBounceRules();
  if ('problem' in now) return now;
  if (now.ok.version === version) return activate({ headers: { 'if-match': now.headers.get('etag') ?? '*' } });
  onNewer(now.ok);
  const detail = `Version ${now.ok.version} counts by now; yours went out from version ${version}, and is kept on the page.`;
  return { problem: newProblem('precondition-failed', detail) };
}

/** Says that other rules count by now than those that were written over, and lets the person decide. */
export function NewerRules(props: {
  readonly newer: BounceRuleSet;
  readonly base: BounceRuleSet;
  /** Writes over the newer ones, with what was written here. */
  readonly onKeep: () => void;
  /** Begins anew with the newer ones. */
  readonly onTake: () => void;
}) {
  const { newer, base } = props;
  const before = new Map(base.rules.map((rule) => [rule.id, JSON.stringify(rule)]));
  const others = newer.rules.filter((rule) => before.get(rule.id) !== JSON.stringify(rule)).map(({ id }) => id);
  const gone = base.rules.filter(({ id }) => !newer.rules.some((rule) => rule.id === id)).map(({ id }) => id);
  return (
    <Callout tone="wait" title={`Version ${newer.version} counts by now`}>
      <p>
        <OutsideText text={newer.createdBy} />
        {newer.createdAt && (
          <>
            , <Instant at={newer.createdAt} />
          </>
        )}
        : {formatCountOf(others.length, 'rule is', 'rules are')} new or other than when you began
        {others.length > 0 && (
          <>
            {' '}
            (<OutsideText text={others.slice(0, 10).join(', ')} />)
          </>
        )}
        {gone.length > 0 && (
          <>
            , gone: <OutsideText text={gone.slice(0, 10).join(', ')} />
          </>
        )}
        . What you wrote stands below, and is not saved.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={props.onKeep}>Keep mine, and replay again</Button>
        <Button onClick={props.onTake}>Begin with version {newer.version}</Button>
      </div>
    </Callout>
  );
}
