import { Fact, Instant, OutsideText } from '@postern/console-ui';
import type { Submitter } from './submitter.ts';

/** What a submitter is for, where its mail goes, and when it was last used. */
export function AboutFacts({ submitter }: { readonly submitter: Submitter }) {
  const { owner, note, tag, route, lastUsedAt, lastUsedFrom, lastUsedTls } = submitter;
  return (
    <>
      <Fact name="Owner">{owner ? <OutsideText text={owner} /> : <None word="nobody is named" />}</Fact>
      <Fact name="Note">{note ? <OutsideText text={note} /> : <None word="none" />}</Fact>
      <Fact name="Route">
        {route ? <OutsideText text={route} /> : <None word="as the rules of routes say" />}
        {tag && (
          <span className="text-ink-soft">
            {' '}
            · tag <OutsideText text={tag} />
          </span>
        )}
      </Fact>
      <Fact name="Last used">
        {lastUsedAt ? (
          <>
            <Instant at={lastUsedAt} form="full" />
            <span className="block text-ink-soft">
              {lastUsedFrom && <>from {lastUsedFrom}, </>}
              {lastUsedTls ?? 'in clear'}
            </span>
          </>
        ) : (
          <None word="never" />
        )}
      </Fact>
    </>
  );
}

export function None({ word }: { readonly word: string }) {
  return <span className="text-ink-soft">{word}</span>;
}
