'use client';

import type { PublishedRecord, SendingDomainDetail } from '@postern/admin-contract';
import { CopyButton, OutsideText, Panel } from '@postern/console-ui';
import { Snippet } from '../credential/snippet.tsx';
import { FormTabs } from './form-tabs.tsx';

/** The records to publish, one by one, as a zone file, or for Terraform. */
export function Records({ domain }: { readonly domain: SendingDomainDetail }) {
  const each = (
    <ul className="divide-y divide-line">
      {domain.records.map((record) => (
        <li key={`${record.type} ${record.name} ${record.value}`} className="px-4 py-3">
          <OneRecord record={record} />
        </li>
      ))}
    </ul>
  );
  return (
    <Panel title="Records to publish">
      <FormTabs
        label="Form of the records"
        tabs={[
          { key: 'records', word: 'One by one', children: each },
          { key: 'zone', word: 'Zone file', children: <Whole label="the zone file" text={domain.zoneFile} /> },
          {
            key: 'terraform',
            word: 'Terraform',
            children: <Whole label="the Terraform resources" text={domain.terraform} />,
          },
        ]}
      />
    </Panel>
  );
}

function Whole({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="p-3">
      <Snippet label={label} text={text} />
    </div>
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
