'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Problem, SavedView } from '@postern/admin-contract';
import { Dialog, IconButton, OutsideText } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { viewPath } from './view-path.ts';

/** The saved searches with what each asks, to open and to forget. */
export function ManageViews(props: {
  readonly views: readonly SavedView[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { views, onDone, onClose } = props;
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const forget = async ({ id }: SavedView) => {
    const result = await browserApi.removeSavedView({ params: { id } });
    if ('problem' in result) return setProblem(result.problem);
    if (views.length === 1) onClose();
    onDone();
  };
  return (
    <Dialog title="Saved views" says="Searches that you have saved." onClose={onClose}>
      <ProblemCallout problem={problem} className="mb-3" />
      <ul className="divide-y divide-line rounded-md border border-line">
        {views.map((view) => (
          <li key={view.id} className="flex items-center gap-3 py-1 pr-1 pl-3">
            <Link
              href={viewPath(view.query)}
              prefetch={false}
              onClick={onClose}
              className="min-w-0 flex-1 py-1 hover:underline"
            >
              <span className="block truncate font-medium">
                <OutsideText text={view.name} />
              </span>
              <code className="block truncate font-mono text-xs text-ink-soft">
                <OutsideText text={view.query} />
              </code>
            </Link>
            <IconButton label={`Forget ${view.name}`} onClick={() => void forget(view)}>
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
