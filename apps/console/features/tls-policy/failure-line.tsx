import { formatCount, OutsideText } from '@postern/console-ui';

/** How many sessions failed for one cause: at which host, from where, and why, as far as it is known. */
export function FailureLine(props: {
  readonly sessions: number;
  readonly resultType: string;
  readonly domain?: string;
  readonly host: string;
  readonly sender?: string;
  readonly because: string;
}) {
  return (
    <li className="break-words">
      <span className="tabular-nums">{formatCount(props.sessions)} ×</span>{' '}
      <span className="text-ink">
        <OutsideText text={props.resultType} />
      </span>
      {props.domain && (
        <>
          {' '}
          for <OutsideText text={props.domain} />
        </>
      )}
      {props.host && (
        <>
          {' '}
          at <OutsideText text={props.host} />
        </>
      )}
      {props.sender && (
        <>
          , sent from <OutsideText text={props.sender} />
        </>
      )}
      {props.because && (
        <>
          : <OutsideText text={props.because} />
        </>
      )}
    </li>
  );
}
