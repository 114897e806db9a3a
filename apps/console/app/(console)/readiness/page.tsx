import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Button, TableSkeleton, TextField } from '@postern/console-ui';
import { CheckList } from '../../../features/domain/check-list.tsx';
import { CheckMark } from '../../../features/domain/check-mark.tsx';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask } from '../../../server/api.ts';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Readiness' };

export default async function ReadinessPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const { domain } = readSearch(await searchParams);
  return (
    <>
      <PageHeading
        title="Readiness"
        says="Whether a mail would go out well from here, now: what is wrong, what comes of it, and how to mend it."
      />
      <form action="/readiness" className="mb-4 flex flex-wrap items-end gap-2">
        <TextField
          label="Try the port of mail with the mail hosts of"
          name="domain"
          maxLength={255}
          placeholder="example.com"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={domain ?? ''}
          className="w-72 max-w-full"
        />
        <Button type="submit">Look again</Button>
      </form>
      <Suspense
        key={domain ?? ''}
        fallback={<TableSkeleton rows={8} label="Looking at DNS, port 25, certificate, database and the rest" />}
      >
        <Checked domain={domain} />
      </Suspense>
    </>
  );
}

/** Looking takes some seconds: the page is there meanwhile. */
async function Checked({ domain }: { readonly domain: string | undefined }) {
  const query = domain === undefined ? {} : { domain };
  const { value, problem } = await ask((api) => api.showReadiness({ query }));
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
