'use client';

import { useRouter } from 'next/navigation';
import { Choice } from './choice.tsx';
import type { Sorts } from './sorts.ts';

/** The order of a list on a narrow screen, where there are no headings to press. */
export function OrderChoice(props: { readonly sorts: Sorts; readonly headingOf: (column: string) => string }) {
  const router = useRouter();
  const options = Object.entries(props.sorts).flatMap(([column, { ascending, descending, ends }]) => [
    [ascending, `${props.headingOf(column)}: ${ends.ascending}`] as const,
    [descending, `${props.headingOf(column)}: ${ends.descending}`] as const,
  ]);
  const chosen = Object.values(props.sorts).find((sort) => sort.chosen);
  return (
    <div className="mb-3 md:hidden">
      <Choice
        label="Order"
        value={chosen?.[chosen.order] ?? ''}
        onChange={(href) => router.push(href, { scroll: false })}
        options={options}
      />
    </div>
  );
}
