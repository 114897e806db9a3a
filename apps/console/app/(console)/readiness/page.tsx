import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TableSkeleton } from '@postern/console-ui';
import { CheckList } from '../../../features/domain/check-list.tsx';
import { CheckMark } from '../../../features/domain/check-mark.tsx';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { ask } from '../../../server/api.ts';

export const metadata: Metadata = { title: 'Readiness' };

export default function ReadinessPage() {
  return (
    <>
      <PageHeading
        title="Readiness"
        says="Whether a mail would go out well from here, now: what is wrong, what comes of it, and how to mend it."
      />
      <Suspense
        fallback={<TableSkeleton rows={8} label="Looking at DNS, port 25, certificate, database and the rest" />}
      >
        <Checked />
      </Suspense>
    </>
  );
}

/** Looking takes some seconds: the page is there meanwhile. */
async function Checked() {
  const { value, problem } = await ask((api) => api.showReadiness());
  if (problem) return <ProblemNotice problem={problem} />;
  return (
    <>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3 text-base">
        <CheckMark status={value.status} />
        <span>{SAYS[value.status]}</span>
        <span className="text-sm text-ink-soft">{value.version}</span>
      </p>
      <div className="rounded-lg border border-line bg-surface">
        <CheckList lines={value.lines} />
      </div>
    </>
  );
}

const SAYS = {
  pass: 'A mail would go out well.',
  info: 'A mail would go out well.',
  warn: 'A mail would go out, and not as well as it could.',
  unknown: 'Not everything could be looked at.',
  fail: 'A mail would not go out well: mend what is wrong first.',
} as const;
