import type { Problem } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { faultOf } from '../form/fault-of.ts';
import { numberOrNull } from '../form/read-form.ts';

/** What is asked of a sending domain when it is added, and may be changed later. */
export function DomainFields(props: {
  readonly domain?: { readonly subDomains: boolean; readonly rotateDays: number | null };
  readonly problem: Problem | undefined;
}) {
  return (
    <>
      <label className="flex min-h-6 items-center gap-2 text-sm">
        <input
          type="checkbox"
          name="subDomains"
          defaultChecked={props.domain?.subDomains ?? false}
          className="size-4 accent-accent"
        />
        It also signs for its sub-domains
      </label>
      <TextField
        label="New keys every so many days"
        hint="Empty: only when you ask for it."
        name="rotate"
        type="number"
        min={1}
        max={3650}
        defaultValue={props.domain?.rotateDays ?? ''}
        error={faultOf(props.problem, 'rotateDays')}
      />
    </>
  );
}

/** What was written into these fields. */
export function domainOf(form: FormData): { readonly subDomains: boolean; readonly rotateDays: number | null } {
  return { subDomains: form.has('subDomains'), rotateDays: numberOrNull(form, 'rotate') };
}
