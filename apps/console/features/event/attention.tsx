import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Event, Page } from '@postern/admin-contract';
import { Age, OutsideText, Panel, TonedWord } from '@postern/console-ui';
import { PanelLink } from '../shell/panel-link.tsx';
import { EventSubject } from './event-subject.tsx';

const LOOKS = {
  critical: { icon: CircleAlert, tone: 'bad' },
  warning: { icon: TriangleAlert, tone: 'wait' },
  info: { icon: Info, tone: 'move' },
} as const;
const WORST = ['critical', 'warning', 'info'] as const;
const SHOWN = 5;

/** What needs an operator now, the worst first; nothing when nothing does. */
export function Attention({ events }: { readonly events: Page<Event> }) {
  if (events.items.length === 0) return null;
  const worst = WORST.flatMap((severity) => events.items.filter((each) => each.severity === severity)).slice(0, SHOWN);
  const more = events.items.length > worst.length || events.nextCursor !== null;
  return (
    <Panel title="Needs attention now" aside={<PanelLink href="/events">{more ? 'All events' : 'Events'}</PanelLink>}>
      <ul>
        {worst.map((event) => (
          <li
            key={event.id}
            className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b border-line px-4 py-2 last:border-b-0"
          >
            <span className="w-20 shrink-0">
              <TonedWord {...LOOKS[event.severity]} word={event.severity} />
            </span>
            <span className="min-w-0 flex-1 basis-64 break-words">
              <span className="font-medium">
                {event.subject.kind} <EventSubject event={event} />
              </span>
              : <OutsideText text={event.text} />
            </span>
            <span className="text-xs text-ink-soft">
              for <Age since={event.at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
