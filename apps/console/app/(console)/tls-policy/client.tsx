'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Button, classNames, LinesField, SelectField } from '@postern/console-ui';
import { textOf } from '../../../features/form/read-form.ts';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { domainsIn, tlsPolicyPath, VIEWS, type TlsPolicySearch, type View } from './search-params.ts';

const NAMES: Readonly<Record<View, string>> = {
  explain: 'Explain and rules',
  simulate: 'Simulate',
  results: 'Results',
  reports: 'Reports',
};

/** What of TLS is looked at. */
export function ViewLinks({ view }: { readonly view: View }) {
  return (
    <nav aria-label="Views of TLS" className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
      {VIEWS.map((each) => (
        <Link
          key={each}
          href={tlsPolicyPath(each)}
          prefetch={false}
          aria-current={each === view ? 'page' : undefined}
          className={classNames(
            '-mb-px border-b-2 px-3 py-2 text-sm whitespace-nowrap pointer-coarse:py-3',
            each === view ? 'border-accent-strong font-medium' : 'border-transparent text-ink-soft hover:text-ink',
          )}
        >
          {NAMES[each]}
        </Link>
      ))}
    </nav>
  );
}

export function ExplainSearch({ domain }: { readonly domain: string }) {
  const router = useRouter();
  return (
    <SearchBox
      className="mb-4 max-w-xl"
      label="Domain to explain"
      placeholder="A recipients' domain: example.com"
      value={domain}
      maxLength={255}
      onSearch={(wanted) => router.push(tlsPolicyPath('explain', { domain: wanted }))}
    />
  );
}

const DAYS = [1, 7, 14, 30] as const;

function DaysField({ days, onChange }: { readonly days: number; readonly onChange?: (days: number) => void }) {
  return (
    <SelectField
      label="Of the last"
      name="days"
      className="w-32"
      defaultValue={String(days)}
      {...(onChange ? { onChange: (event) => onChange(Number(event.target.value)) } : {})}
    >
      {[...new Set([...DAYS, days])].map((each) => (
        <option key={each} value={each}>
          {each === 1 ? 'day' : `${each} days`}
        </option>
      ))}
    </SelectField>
  );
}

/** For which domains, and over how long, a demand is tried out. */
export function SimulateForm({ search }: { readonly search: TlsPolicySearch }) {
  const router = useRouter();
  return (
    <form
      className="mb-6 flex max-w-xl flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const domains = domainsIn(textOf(form, 'domains'));
        router.push(tlsPolicyPath('simulate', { domains, days: Number(textOf(form, 'days')) }));
      }}
    >
      <LinesField
        className="w-full"
        label="Recipients' domains"
        hint="One a line, 50 at most."
        name="domains"
        required
        defaultValue={search.domains.join('\n')}
        spellCheck={false}
        autoCapitalize="none"
      />
      <DaysField days={search.days} />
      <Button kind="primary" type="submit">
        Simulate
      </Button>
    </form>
  );
}

/** Which destination's results, over how long. */
export function ResultsSearch({ search }: { readonly search: TlsPolicySearch }) {
  const router = useRouter();
  const { domain, days } = search;
  const about = domain === undefined ? {} : { domain };
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <SearchBox
        className="max-w-xl basis-64"
        label="Destination"
        placeholder="One destination: example.com"
        value={domain ?? ''}
        maxLength={255}
        onSearch={(wanted) => router.push(tlsPolicyPath('results', { domain: wanted, days }))}
      />
      <DaysField
        key={days}
        days={days}
        onChange={(wanted) => router.push(tlsPolicyPath('results', { ...about, days: wanted }))}
      />
    </div>
  );
}
