import { SelectField } from '@postern/console-ui';
import { textOf } from '../form/read-form.ts';

const HOURS = [
  ['1', 'for an hour'],
  ['4', 'for four hours'],
  ['24', 'for a day'],
  ['', 'until someone resumes it'],
] as const;

/** For how long something is suspended. */
export function HowLong() {
  return (
    <SelectField label="How long" name="hours" defaultValue="1">
      {HOURS.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </SelectField>
  );
}

/** Until when that is; null where it does not end by itself. */
export function untilOf(form: FormData): string | null {
  const hours = Number(textOf(form, 'hours'));
  return hours > 0 ? new Date(Date.now() + hours * 3_600_000).toISOString() : null;
}
