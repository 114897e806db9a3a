import type { BounceSettings, Problem } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { numberOrNull, textOf } from '../form/read-form.ts';
import { told, type Told } from '../form/told.ts';

export const HOLD_WORDS = {
  off: 'never',
  warning: 'from a warning on',
  critical: 'only when it is critical',
} as const satisfies Record<BounceSettings['hold'], string>;

const PERCENT = [
  { name: 'bounceWarning', word: 'Bounces: warning at, in percent' },
  { name: 'bounceCritical', word: 'Bounces: critical at, in percent' },
  { name: 'complaintWarning', word: 'Complaints: warning at, in percent' },
  { name: 'complaintCritical', word: 'Complaints: critical at, in percent' },
] as const;
const FLOOR = 'Judged from so many recipients on';

/** From which rates on an operator is told, and whether new mail is held then. */
export function BounceThresholds({
  settings,
  problem,
}: {
  readonly settings: BounceSettings;
  readonly problem: Problem | undefined;
}) {
  const { hold, thresholds } = settings;
  const faultOf = (name: keyof typeof thresholds) =>
    problem?.errors?.find(({ field }) => field === `body.thresholds.${name}`)?.message;
  return (
    <>
      <SelectField
        label="New mail is held"
        name="hold"
        defaultValue={hold}
        hint="When too much of its mail bounces or is complained about. Held mail is still accepted and kept, and is not sent before an operator releases the credential; mail that was accepted before goes on."
      >
        {Object.entries(HOLD_WORDS).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-1 items-end gap-3 sm:grid-cols-2">
        {PERCENT.map(({ name, word }) => (
          <TextField
            key={name}
            label={word}
            name={name}
            type="number"
            inputMode="decimal"
            step="any"
            min={0}
            max={100}
            required
            defaultValue={thresholds[name]}
            error={faultOf(name)}
          />
        ))}
      </div>
      <TextField
        label={FLOOR}
        hint="Recipients that ended within an hour or a day. Of fewer no rate is judged: two bounces of three say little."
        name="floor"
        type="number"
        min={1}
        max={1_000_000}
        required
        defaultValue={thresholds.floor}
        error={faultOf('floor')}
      />
    </>
  );
}

/** What was written into these fields. */
export function thresholdsIn(form: FormData): Pick<BounceSettings, 'hold' | 'thresholds'> {
  const hold = textOf(form, 'hold');
  const number = (name: keyof BounceSettings['thresholds']) => numberOrNull(form, name) ?? 0;
  return {
    hold: hold === 'warning' || hold === 'critical' ? hold : 'off',
    thresholds: {
      bounceWarning: number('bounceWarning'),
      bounceCritical: number('bounceCritical'),
      complaintWarning: number('complaintWarning'),
      complaintCritical: number('complaintCritical'),
      floor: number('floor'),
    },
  };
}

/** These fields in words. */
export function toldThresholds({ hold, thresholds }: BounceSettings): readonly Told[] {
  return [
    told('hold', 'New mail is held', HOLD_WORDS[hold]),
    ...PERCENT.map(({ name, word }) => told(name, word, thresholds[name])),
    told('floor', FLOOR, thresholds.floor),
  ];
}
