'use client';

import { ChartNoAxesColumn, Table2 } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { IconButton } from '../controls/button.tsx';
import { formatStepOf, formatTick } from '../format/instant.ts';
import { TONE_FILL } from '../states/tone.ts';
import { useZone } from '../viewer/viewer.tsx';
import { LinePlot } from './line-plot.tsx';
import { labelled, scaleBy, scaleTo } from './scale.ts';
import { leastOf, mostOf, type Series } from './series.ts';
import { StackPlot } from './stack-plot.tsx';

interface Props {
  /** What it shows, for those who hear the page. */
  readonly label: string;
  readonly kind: 'bars' | 'lines';
  /** When each step begins. */
  readonly at: readonly string[];
  readonly stepSeconds: number;
  readonly series: readonly Series[];
  /** What the axis counts: `recipients per hour`. */
  readonly unit: string;
  /** For figures that lie far apart: the marks of an axis that goes by their ratios. */
  readonly marks?: readonly number[];
  /** A figure at the axis, and in words. */
  readonly format: { readonly tick: (value: number) => string; readonly value: (value: number) => string };
  /** What more there is of a step: a way to its messages. */
  readonly more?: (at: number) => ReactNode;
}

/**
 * A chart over time: axes with their unit, a legend, what one step says in words, and all of it as a table.
 *
 * A click keeps a step, so that what it says can be followed. With the keyboard it is reached once; the arrows, Home and
 * End then go from step to step, and each is read aloud.
 */
export function TimeChart(props: Props) {
  const [asTable, setAsTable] = useState(false);
  const [pinned, setPinned] = useState<number | undefined>(undefined);
  const [passed, setPassed] = useState<number | undefined>(undefined);
  const id = useId();
  const zone = useZone();
  const count = props.at.length;
  const shown = Math.min(passed ?? pinned ?? count - 1, count - 1);
  const named = (at: number) => formatStepOf(new Date(props.at[at] ?? 0), zone, props.stepSeconds);
  const said = (at: number) =>
    props.series.map(({ word, values }) => `${valueText(props, values[at] ?? null)} ${word}`).join(', ');
  return (
    <figure className="px-4 py-3">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        <span className="font-medium tabular-nums">{named(shown)}</span>
        {props.series.map(({ key, word, tone, values, dashed, href }) => (
          <span key={key} className="inline-flex items-center gap-1.5 tabular-nums">
            <svg aria-hidden className="h-2.5 w-3.5">
              {props.kind === 'bars' ? (
                <rect x="2" width="10" height="10" rx="2" className={TONE_FILL[tone]} />
              ) : (
                [0, 8].map((x) => (
                  <rect key={x} x={x} y="4" width={dashed ? 5 : 8} height="2.5" className={TONE_FILL[tone]} />
                ))
              )}
            </svg>
            <span className="font-medium">{valueText(props, values[shown] ?? null)}</span>
            <Word word={word} href={href?.(shown)} />
          </span>
        ))}
        {props.more && <span>{props.more(shown)}</span>}
        <span className="ml-auto">
          <IconButton label={asTable ? 'Show as a chart' : 'Show as a table'} onClick={() => setAsTable(!asTable)}>
            {asTable ? <ChartNoAxesColumn aria-hidden /> : <Table2 aria-hidden />}
          </IconButton>
        </span>
      </div>
      {asTable ? (
        <StepTable {...props} named={named} />
      ) : (
        <Plot {...props} id={id} shown={shown} named={named} said={said} onPass={setPassed} onPin={setPinned} />
      )}
    </figure>
  );
}

function Word({ word, href }: { readonly word: string; readonly href: string | undefined }) {
  if (href === undefined) return <span className="text-ink-soft">{word}</span>;
  return (
    <a
      href={href}
      className="inline-flex min-h-6 items-center text-ink-soft underline decoration-line-control underline-offset-2 hover:text-ink"
    >
      {word}
    </a>
  );
}

function Plot(
  props: Props & {
    readonly id: string;
    readonly shown: number;
    readonly named: (at: number) => string;
    readonly said: (at: number) => string;
    readonly onPass: (at: number | undefined) => void;
    readonly onPin: (at: number) => void;
  },
) {
  const { series, kind, shown, onPass, onPin } = props;
  const zone = useZone();
  const count = props.at.length;
  const most = mostOf(series, kind === 'bars' ? 'together' : 'alone');
  const { top, ticks, place } = props.marks ? scaleBy(props.marks, { least: leastOf(series), most }) : scaleTo(most);
  const key = (event: KeyboardEvent) => {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: count - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onPin(Math.min(count - 1, Math.max(0, to)));
  };
  const placeOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * count);
    return Math.min(count - 1, Math.max(0, at));
  };
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-2xs text-ink-soft">
      <p aria-hidden className="col-span-2 mb-2">
        {props.unit}
      </p>
      <div aria-hidden className="flex h-44 flex-col-reverse justify-between text-right leading-none tabular-nums">
        {ticks.map((tick) => (
          <span key={tick} className="-my-1">
            {props.format.tick(tick)}
          </span>
        ))}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${props.label}, step by step`}
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={shown}
        aria-valuetext={`${props.named(shown)}: ${props.said(shown)}`}
        onKeyDown={key}
        onPointerMove={(event) => onPass(placeOf(event))}
        onPointerDown={(event) => onPin(placeOf(event))}
        onPointerLeave={() => onPass(undefined)}
        className="h-44 touch-pan-y"
      >
        <svg aria-hidden width="100%" height="100%" overflow="visible">
          {ticks.map((tick) => (
            <rect
              key={tick}
              y={`${100 - place(tick) * 100}%`}
              width="100%"
              height="1"
              className={tick === ticks[0] ? 'fill-line-control' : 'fill-line'}
            />
          ))}
          <rect x={`${(shown / count) * 100}%`} width={`${100 / count}%`} height="100%" className="fill-accent/12" />
          {kind === 'bars' ? (
            <StackPlot series={series} top={top} count={count} />
          ) : (
            <LinePlot series={series} place={place} count={count} />
          )}
        </svg>
      </div>
      <svg aria-hidden className="col-start-2 h-5 w-full overflow-visible">
        {labelled(count, 6).map((at, place) => (
          <text
            key={at}
            x={`${((at + 0.5) / count) * 100}%`}
            y="14"
            textAnchor={at === 0 ? 'start' : 'middle'}
            className={classNames('fill-ink-soft text-2xs tabular-nums', place % 2 === 1 && 'max-sm:hidden')}
          >
            {formatTick(new Date(props.at[at] ?? 0), zone, props.stepSeconds)}
          </text>
        ))}
      </svg>
    </div>
  );
}

/** The same as rows, the latest first. */
function StepTable(props: Props & { readonly named: (at: number) => string }) {
  return (
    <div className="max-h-50 overflow-y-auto" tabIndex={0} role="region" aria-label={`${props.label} as a table`}>
      <table className="w-full text-xs tabular-nums">
        <caption className="sr-only">{props.label}</caption>
        <thead>
          <tr className="text-left text-ink-soft">
            <th scope="col" className="py-1 font-medium">
              Time
            </th>
            {props.series.map(({ key, word }) => (
              <th key={key} scope="col" className="py-1 text-right font-medium">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.at.map((_, place) => {
            const at = props.at.length - 1 - place;
            return (
              <tr key={at} className="border-t border-line">
                <th scope="row" className="py-1 text-left font-normal">
                  {props.named(at)}
                </th>
                {props.series.map(({ key, values }) => (
                  <td key={key} className="py-1 text-right">
                    {valueText(props, values[at] ?? null)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function valueText({ format }: Props, value: number | null): string {
  return value === null ? '–' : format.value(value);
}
