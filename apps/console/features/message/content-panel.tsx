'use client';

import { Download, Eye } from 'lucide-react';
import { useState } from 'react';
import type { MessageContent, Problem } from '@postern/admin-contract';
import { Button, buttonLook, formatOctets, OutsideText, Panel, Verbatim } from '@postern/console-ui';
import { ProblemNotice } from '../problem/problem-notice.tsx';
import { browserApi } from '../../live/browser-api.ts';

type View = 'header' | 'text' | 'html';

/**
 * What a message says: its header section, its text, its HTML in a frame that can run and load nothing, and the whole of it
 * as a file. Nothing of it is read before somebody asks, since each look is written into the audit.
 */
export function ContentPanel({ messageId }: { readonly messageId: string }) {
  const [content, setContent] = useState<MessageContent | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const [view, setView] = useState<View>('header');
  const ask = async () => {
    setAsking(true);
    const result = await browserApi.showContent({ params: { id: messageId } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setProblem(undefined);
    setContent(result.ok);
  };
  return (
    <Panel
      title="Content"
      aside={
        <a href={`/api/v1/messages/${messageId}/raw`} download className={buttonLook('plain')}>
          <Download aria-hidden />
          Download
        </a>
      }
    >
      {problem && (
        <div className="p-4">
          <ProblemNotice problem={problem} />
        </div>
      )}
      {content ? (
        <>
          <Views content={content} view={view} onChange={setView} />
          {view === 'header' && <Header fields={content.fields} />}
          {view === 'text' && <Verbatim text={content.text ?? ''} className="max-h-120 overflow-y-auto px-4 py-3.5" />}
          {view === 'html' && (
            <iframe
              title="The HTML part of the message"
              sandbox=""
              referrerPolicy="no-referrer"
              src={`/api/v1/messages/${messageId}/content/html`}
              className="block h-120 w-full rounded-b-lg bg-paper"
            />
          )}
          <Parts content={content} />
        </>
      ) : (
        <div className="flex flex-wrap items-center gap-3 px-4 py-3.5">
          <Button icon={Eye} disabled={asking} onClick={() => void ask()}>
            {asking ? 'Asking…' : 'Show header and content'}
          </Button>
          <p className="text-xs text-ink-soft">Whoever looks or downloads is written into the audit.</p>
        </div>
      )}
    </Panel>
  );
}

function Views(props: {
  readonly content: MessageContent;
  readonly view: View;
  readonly onChange: (view: View) => void;
}) {
  const { content } = props;
  const views = [
    ['header', 'Header', true],
    ['text', 'Text', content.text !== null],
    ['html', 'HTML', content.html],
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
      {views.map(([view, word, there]) => (
        <Button
          key={view}
          disabled={!there}
          aria-pressed={props.view === view}
          kind={props.view === view ? 'primary' : 'plain'}
          onClick={() => props.onChange(view)}
        >
          {word}
        </Button>
      ))}
      {props.view === 'html' && (
        <p className="text-xs text-ink-soft">It runs nothing and loads nothing: pictures from outside stay away.</p>
      )}
      {!content.whole && <p className="text-xs text-wait">Its first megabyte; download it for all of it.</p>}
    </div>
  );
}

function Header({ fields }: { readonly fields: MessageContent['fields'] }) {
  return (
    <dl className="max-h-120 overflow-y-auto px-4 py-3 text-xs" tabIndex={0} aria-label="Header section">
      {fields.map(({ name, value }, at) => (
        <div key={at} className="gap-x-3 py-0.5 sm:grid sm:grid-cols-[10rem_minmax(0,1fr)]">
          <dt className="font-medium break-words">
            <OutsideText text={name} />
          </dt>
          <dd className="text-ink-soft">
            <Verbatim text={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Parts({ content }: { readonly content: MessageContent }) {
  if (content.parts.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-ink-soft">
      {content.parts.map(({ type, name, sizeOctets }, at) => (
        <li key={at}>
          <OutsideText text={type} />
          {name && (
            <>
              {' '}
              <OutsideText text={name} />
            </>
          )}{' '}
          {formatOctets(sizeOctets)}
        </li>
      ))}
    </ul>
  );
}
