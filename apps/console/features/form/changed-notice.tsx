import type { ChangeTold } from '@postern/admin-contract';
import { Button, Callout, Instant, OutsideText } from '@postern/console-ui';
import type { ToldChange } from './told.ts';

/** What somebody else made of a thing while its form was open here. */
export interface Clash {
  /** Who did what; empty where that is not known. */
  readonly by: readonly ChangeTold[];
  readonly changes: readonly ToldChange[];
  /** The fields that were written into here. */
  readonly written: ReadonlySet<string>;
}

/** Says who changed what in the meantime, what it is now, and whose word the form holds; the person decides. */
export function ChangedNotice({ clash, onTake }: { readonly clash: Clash; readonly onTake: () => void }) {
  const { by, changes, written } = clash;
  const both = changes.some(({ field }) => written.has(field));
  return (
    <Callout tone="wait" title="It was changed while you were at it, and nothing of yours is saved yet">
      {by.map(({ at, by: name, action }) => (
        <p key={`${at}${action}`}>
          <OutsideText text={name} />, <Instant at={at} />: <code className="font-mono text-xs">{action}</code>
        </p>
      ))}
      <dl className="my-2 flex flex-col gap-1.5">
        {changes.map(({ field, word, said, says }) => (
          <div key={field}>
            <dt className="text-xs">{word}</dt>
            <dd className="[overflow-wrap:anywhere] text-ink">
              <del className="text-ink-soft">
                <OutsideText text={said} />
              </del>{' '}
              → <OutsideText text={says} />
              <span className="block text-xs text-ink-soft">
                {written.has(field) ? 'You wrote something else here: the form keeps yours.' : 'The form has it now.'}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {both
          ? 'Save again to have yours instead, or take what is there now.'
          : 'Look it over and save again: both changes hold then.'}
      </p>
      {both && (
        <Button className="mt-2" onClick={onTake}>
          Take what is there now
        </Button>
      )}
    </Callout>
  );
}
