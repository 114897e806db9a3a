import type { Problem } from '@postern/admin-contract';
import { Callout } from '@postern/console-ui';

/** Tells why something that was asked for was not done, in the words of the API; says nothing where all is well. */
export function ProblemCallout(props: { readonly problem: Problem | undefined; readonly className?: string }) {
  const { problem, className } = props;
  if (!problem) return null;
  return (
    <Callout tone="bad" title={problem.title} {...(className ? { className } : {})}>
      {problem.errors?.map(({ message }) => message).join(' ') || problem.detail}
    </Callout>
  );
}
