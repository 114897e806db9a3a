import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Why there is nothing here, and how to change that. */
export function EmptyState(props: { readonly icon: LucideIcon; readonly title: string; readonly children: ReactNode }) {
  const Icon = props.icon;
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-line bg-surface px-4 py-12 text-center">
      <span className="mb-3 flex size-10 items-center justify-center rounded-full bg-accent-soft text-accent">
        <Icon aria-hidden className="size-5" />
      </span>
      <h2 className="text-lg font-semibold">{props.title}</h2>
      <div className="mt-1 w-full max-w-xl text-balance text-ink-soft">{props.children}</div>
    </div>
  );
}
