import type { Problem, Source } from '@postern/admin-contract';
import { LinesField, SelectField, TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { linesOf, textOf } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';

/** Everything that a source has; of one that is changed, its name stays. */
export function SourceFields(props: { readonly source: Source | undefined; readonly problem: Problem | undefined }) {
  const { source, problem } = props;
  const fault = (field: string) => faultOf(problem, field);
  const plain = { autoComplete: 'off', spellCheck: false } as const;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        {!source && <TextField label="Name" name="name" required {...plain} error={fault('name')} />}
        <TextField
          label="Pool"
          name="pool"
          required
          defaultValue={source?.pool ?? 'default'}
          {...plain}
          error={fault('pool')}
        />
      </div>
      <LinesField
        label="Addresses"
        hint="One IPv4 address, one IPv6 address, or both."
        name="addresses"
        required
        defaultValue={source?.addresses.join('\n')}
        error={fault('addresses')}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-4">
        <TextField
          label="Name in EHLO"
          name="ehloName"
          required
          defaultValue={source?.ehloName}
          {...plain}
          error={fault('ehloName')}
        />
        <TextField
          label="Weight"
          name="weight"
          type="number"
          min={1}
          max={1000}
          defaultValue={source?.weight ?? 1}
          error={fault('weight')}
        />
      </div>
      <LinesField
        label="Warm-up"
        hint="Messages to each site, day by day: 50, 100, 200. Empty: it is warm."
        name="warmUp"
        defaultValue={source?.warmUp.join(', ')}
        error={fault('warmUp')}
      />
      {source && (
        <SelectField label="The warm-up" name="warmUpFrom" defaultValue="">
          <option value="">begins anew where an address is new</option>
          <option value="kept">goes on as it is</option>
          <option value="today">begins anew today</option>
        </SelectField>
      )}
    </>
  );
}

/** What was written into them. */
export function sourceOf(form: FormData) {
  return {
    pool: textOf(form, 'pool'),
    addresses: linesOf(form, 'addresses'),
    ehloName: textOf(form, 'ehloName'),
    weight: Number(textOf(form, 'weight') || 1),
    warmUp: linesOf(form, 'warmUp').map(Number),
  };
}

/** What they say of a source. */
export function toldOfSource(source: Source): readonly Told[] {
  return [
    told('pool', 'Pool', source.pool),
    told('addresses', 'Addresses', source.addresses),
    told('ehloName', 'Name in EHLO', source.ehloName),
    told('weight', 'Weight', source.weight),
    told('warmUp', 'Warm-up', source.warmUp.map(String), 'it is warm'),
  ];
}
