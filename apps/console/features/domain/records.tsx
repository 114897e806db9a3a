'use client';

import { Tabs } from 'radix-ui';
import type { PublishedRecord, SendingDomainDetail } from '@postern/admin-contract';
import { CopyButton, OutsideText, Panel } from '@postern/console-ui';
import { Snippet } from '../credential/snippet.tsx';

const TAB =
  'h-7 rounded-md px-2.5 text-sm whitespace-nowrap text-ink-soft hover:bg-hover pointer-coarse:h-10 ' +
  'data-[state=active]:bg-accent-soft data-[state=active]:font-medium data-[state=active]:text-accent-strong';

/** The records to publish, one by one, as a zone file, or for Terraform. */
export function Records({ domain }: { readonly domain: SendingDomainDetail }) {
  return (
    <Panel title="Records to publish">
      <Tabs.Root defaultValue="records">
        <Tabs.List aria-label="Form of the records" className="flex gap-1 overflow-x-auto px-3 pt-3">
          <Tabs.Trigger value="records" className={TAB}>
            One by one
          </Tabs.Trigger>
          <Tabs.Trigger value="zone" className={TAB}>
            Zone file
          </Tabs.Trigger>
          <Tabs.Trigger value="terraform" className={TAB}>
            Terraform
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="records" tabIndex={-1}>
          <ul className="divide-y divide-line">
            {domain.records.map((record) => (
              <li key={`${record.type} ${record.name} ${record.value}`} className="px-4 py-3">
                <OneRecord record={record} />
              </li>
            ))}
          </ul>
        </Tabs.Content>
        <Tabs.Content value="zone" tabIndex={-1} className="p-3">
          <Snippet label="the zone file" text={domain.zoneFile} />
        </Tabs.Content>
        <Tabs.Content value="terraform" tabIndex={-1} className="p-3">
          <Snippet label="the Terraform resources" text={domain.terraform} />
        </Tabs.Content>
      </Tabs.Root>
    </Panel>
  );
}

function OneRecord({ record }: { readonly record: PublishedRecord }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
        <span className="font-medium">{record.purpose}</span>
        <span className="text-xs text-ink-soft">
          {record.type}
          {record.needed ? '' : ', advised'}
        </span>
      </p>
      {record.note && <p className="mt-0.5 text-xs text-ink-soft">{record.note}</p>}
      <Line name="Name" value={record.name} />
      <Line name="Value" value={record.value} />
    </>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="mt-1.5 flex items-center gap-2">
      <span className="w-12 shrink-0 text-xs text-ink-soft">{name}</span>
      <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1 font-mono text-xs break-all">
        <OutsideText text={value} />
      </code>
      <CopyButton text={value} label={`Copy the ${name.toLowerCase()}`} />
    </div>
  );
}
