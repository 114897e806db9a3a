import type { ReactNode } from 'react';
import type { Problem } from '@postern/admin-contract';
import { ProblemNotice } from '../problem/problem-notice.tsx';
import { PageHeading } from './page-heading.tsx';

/** A page of what was asked for: shown when it came, else its heading and what is wrong. */
export function AskedPage<T>(props: {
  readonly title: string;
  readonly asked: { readonly value?: T | undefined; readonly problem?: Problem | undefined };
  readonly children: (value: T) => ReactNode;
}) {
  const { value, problem } = props.asked;
  if (value !== undefined) return props.children(value);
  return (
    <>
      <PageHeading title={props.title} />
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
