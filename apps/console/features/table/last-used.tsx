import { Instant } from '@postern/console-ui';

/** When something that signs in was last used, and from where; a narrow table has no heading that says so. */
export function LastUsed(props: { readonly lastUsedAt: string | null; readonly lastUsedFrom: string | null }) {
  return (
    <>
      <span className="md:hidden">last used </span>
      {props.lastUsedAt ? (
        <>
          <Instant at={props.lastUsedAt} />
          {props.lastUsedFrom && <span className="whitespace-nowrap"> from {props.lastUsedFrom}</span>}
        </>
      ) : (
        'never'
      )}
    </>
  );
}
