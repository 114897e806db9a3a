import type { Problem } from '@postern/admin-contract';
import { PageHeading } from '../shell/page-heading.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A page whose question to the API was answered with a problem. */
export function ProblemPage({ title, problem }: { readonly title: string; readonly problem: Problem }) {
  return (
    <>
      <PageHeading title={title} />
      <ProblemNotice problem={problem} />
    </>
  );
}
