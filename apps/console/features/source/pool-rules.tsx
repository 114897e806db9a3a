'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Page, PoolRule } from '@postern/admin-contract';
import { Button, OutsideText, Panel, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { MoreButton } from '../table/more-button.tsx';
import { useMore } from '../table/use-more.ts';

/** Which mail leaves from which pool; the first rule of which all is so counts, and other mail leaves from `default`. */
export function PoolRules(props: {
  readonly first: Page<PoolRule>;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { first, mayWrite, onDone } = props;
  const list = useMore({
    first,
    key: ({ id }) => id,
    ask: (cursor) => browserApi.listPoolRules({ query: { cursor } }),
  });
  const [asked, setAsked] = useState<'add' | PoolRule | undefined>(undefined);
  const close = () => setAsked(undefined);
  return (
    <Panel
      title="Which mail leaves from which pool"
      aside={
        mayWrite && (
          <Button icon={Plus} onClick={() => setAsked('add')}>
            Add a rule
          </Button>
        )
      }
    >
      {list.items.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">No rules: all mail leaves from the pool “default”.</p>
      ) : (
        <ol>
          {list.items.map((rule, at) => (
            <li
              key={rule.id}
              className="flex items-center gap-3 border-b border-line px-4 py-1.5 text-sm last:border-b-0"
            >
              <span className="w-5 text-right text-xs text-ink-faint tabular-nums">{at + 1}</span>
              <span className="min-w-0 flex-1 break-words">
                <OutsideText text={condition(rule)} /> → <b className="font-medium">{rule.pool}</b>
              </span>
              {mayWrite && (
                <Button
                  kind="danger"
                  aria-label={`Remove the rule for ${condition(rule)}`}
                  onClick={() => setAsked(rule)}
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ol>
      )}
      <MoreButton more={list} word="rules" />
      {asked === 'add' && <AddRule onClose={close} onDone={onDone} />}
      {typeof asked === 'object' && (
        <CommandDialog
          title="Remove this rule"
          says={`Mail of ${condition(asked)} leaves from where the next rule says, or from the pool “default”.`}
          verb="Remove it"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.removePoolRule({ params: { id: asked.id }, body })}
          onDone={onDone}
        />
      )}
    </Panel>
  );
}

function condition({ credentialId, credential, senderRule, route }: PoolRule): string {
  const all = [
    credentialId && `credential ${credential ?? `${credentialId}, which is gone`}`,
    senderRule && `sender ${senderRule}`,
    route && `route ${route}`,
  ].filter(Boolean);
  return all.length > 0 ? all.join(', ') : 'all mail';
}

function AddRule({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Add a rule"
      says="All that is said must be so of a mail; what is left empty does not matter."
      verb="Add it"
      busy="Adding…"
      submit={(form) =>
        browserApi.addPoolRule({
          body: {
            pool: textOf(form, 'pool'),
            credential: textOf(form, 'credential') || null,
            senderRule: textOf(form, 'senderRule') || null,
            route: textOf(form, 'route') || null,
          },
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField label="Pool" name="pool" required autoComplete="off" error={faultOf(problem, 'pool')} />
          <TextField label="Credential" name="credential" autoComplete="off" error={faultOf(problem, 'credential')} />
          <TextField
            label="Sender"
            hint="@example.org or a@example.org"
            name="senderRule"
            autoComplete="off"
            error={faultOf(problem, 'senderRule')}
          />
          <TextField label="Route" name="route" autoComplete="off" error={faultOf(problem, 'route')} />
        </>
      )}
    </FormDialog>
  );
}
