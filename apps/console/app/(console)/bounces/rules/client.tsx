'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { BounceRuleSet, Problem, Reclassified } from '@postern/admin-contract';
import {
  Button,
  buttonLook,
  Callout,
  formatCountOf,
  Instant,
  LinesField,
  OutsideText,
  Panel,
} from '@postern/console-ui';
import { ChangeList } from '../../../../features/bounce/change-list.tsx';
import { NewerRules, overVersion } from '../../../../features/bounce/newer-rules.tsx';
import { readRules } from '../../../../features/bounce/read-rules.ts';
import { RuleTable } from '../../../../features/bounce/rule-table.tsx';
import { CommandDialog } from '../../../../features/command/command-dialog.tsx';
import { PageHeading } from '../../../../features/shell/page-heading.tsx';
import { browserApi } from '../../../../live/browser-api.ts';

type Replay = { readonly text: string; readonly replies: number; readonly changes: readonly Reclassified[] };
type Asked = 'activate' | 'ship' | 'reclassify';

/** The rules that tell classes: read, edited, replayed over stored replies before they count, and activated. */
export function RulesClient({ active, mayWrite }: { readonly active: BounceRuleSet; readonly mayWrite: boolean }) {
  const router = useRouter();
  const [text, setText] = useState(() => JSON.stringify(active.rules, null, 2));
  const [problem, setProblem] = useState<Pick<Problem, 'title' | 'detail' | 'errors'> | undefined>(undefined);
  const [replay, setReplay] = useState<Replay | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const [base, setBase] = useState(active);
  const [newer, setNewer] = useState<BounceRuleSet | undefined>(undefined);
  const rules = readRules(text);
  const replayed = replay?.text === text ? replay : undefined;
  const ask = async () => {
    if ('fault' in rules) return setProblem({ title: 'This is not a list of rules', detail: rules.fault });
    setBusy(true);
    const result = await browserApi.replayBounceRules({ body: { rules: rules.ok } });
    setBusy(false);
    if ('problem' in result) return setProblem(result.problem);
    setProblem(undefined);
    setReplay({ text, ...result.ok });
  };
  const activate = (body: Parameters<typeof browserApi.activateBounceRules>[0]['body']) =>
    overVersion(base.version, (options) => browserApi.activateBounceRules({ body }, options), setNewer);
  const goOnFrom = (counts: BounceRuleSet) => {
    setBase(counts);
    setNewer(undefined);
    setReplay(undefined);
  };
  const COMMANDS = {
    activate: {
      title: 'Classify by these rules',
      says: `From now on, under the next version. Of ${formatCountOf(replayed?.replies ?? 0, 'stored reply', 'stored replies')} they would change ${formatCountOf(changed(replayed), 'reply', 'replies')}; what is stored stays until it is classified again.`,
      ask: (body: object) => activate({ ...body, rules: 'ok' in rules ? rules.ok : [] }),
    },
    ship: {
      title: 'Go back to the rules that ship',
      says: 'The rules that came with this version of Postern count from now on, under the next version of yours.',
      ask: (body: object) => activate({ ...body, rules: [] }),
    },
    reclassify: {
      title: 'Classify again',
      says: 'The latest 5,000 stored replies get the class that the active rules tell. Rates of the past stay as they were counted.',
      ask: (body: object) => browserApi.reclassifyBounces({ body }),
    },
  } as const;
  const command = asked && COMMANDS[asked];
  return (
    <>
      <PageHeading
        title="Bounce rules"
        says="The first rule that takes a reply tells its class. Replay a change over stored replies before it counts."
        actions={
          <>
            <Link href="/bounces/rules/versions" prefetch={false} className={buttonLook('plain')}>
              Versions
            </Link>
            {mayWrite && <Button onClick={() => setAsked('reclassify')}>Classify again</Button>}
            {mayWrite && !active.shipped && <Button onClick={() => setAsked('ship')}>Back to those that ship</Button>}
          </>
        }
      />
      <p className="mb-3 text-sm text-ink-soft">
        Version {base.version}
        {base.createdAt ? (
          <>
            , by <OutsideText text={base.createdBy} />, <Instant at={base.createdAt} form="full" />
          </>
        ) : (
          ': those that ship with Postern'
        )}
        , {formatCountOf(base.rules.length, 'rule', 'rules')}
        {base.shipped && base.createdAt && ', those that ship with Postern'}
      </p>
      {newer && !asked && (
        <div className="mb-4">
          <NewerRules
            newer={newer}
            base={base}
            onKeep={() => goOnFrom(newer)}
            onTake={() => {
              goOnFrom(newer);
              setText(JSON.stringify(newer.rules, null, 2));
            }}
          />
        </div>
      )}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <RuleTable rules={base.rules} />
        <div className="flex min-w-0 flex-col gap-4">
          <Panel title="Change and replay">
            <div className="flex flex-col gap-3 p-4">
              {problem && (
                <Callout tone="bad" title={problem.title}>
                  {problem.errors?.map(({ field, message }) => `${field}: ${message}`).join('; ') ?? problem.detail}
                </Callout>
              )}
              <LinesField
                label="Rules, as JSON"
                hint="Each has an id, a class, and what must be so: codes, enhanced, texts, without, stages, providers, from."
                value={text}
                onChange={(event) => setText(event.target.value)}
                rows={18}
                spellCheck={false}
              />
              <div className="flex flex-wrap gap-2">
                <Button kind={replayed ? 'plain' : 'primary'} disabled={busy} onClick={() => void ask()}>
                  {busy ? 'Replaying…' : 'Replay over stored replies'}
                </Button>
                {mayWrite && (
                  <Button kind="primary" disabled={!replayed} onClick={() => setAsked('activate')}>
                    Activate
                  </Button>
                )}
              </div>
            </div>
          </Panel>
          {replayed && <ChangeList replies={replayed.replies} changes={replayed.changes} />}
        </div>
      </div>
      {command && (
        <CommandDialog<unknown>
          title={command.title}
          says={command.says}
          verb={command.title}
          kind="primary"
          onClose={() => setAsked(undefined)}
          command={(body) => command.ask(body)}
          onDone={() => {
            setReplay(undefined);
            router.refresh();
          }}
        />
      )}
    </>
  );
}

function changed(replay: Replay | undefined): number {
  return (replay?.changes ?? []).reduce((sum, each) => sum + each.replies, 0);
}
