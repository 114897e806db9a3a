import { PERMISSIONS, type Permission } from '@postern/admin-contract';

/** What a key may do, noun by noun: reading is chosen at first, and nothing that changes anything. */
export function PermissionFields(props: {
  /** What the viewer may do: nobody gives a key more. */
  readonly given: readonly Permission[];
  readonly error: string | undefined;
}) {
  const offered = PERMISSIONS.filter((each) => props.given.includes(each));
  const nouns = [...new Set(offered.map((each) => each.split(':')[0] ?? each))];
  return (
    <fieldset>
      <legend className="text-sm font-medium">It may</legend>
      <ul className="mt-1 divide-y divide-line text-sm">
        {nouns.map((noun) => (
          <li key={noun} className="flex flex-wrap items-center gap-x-2 py-1">
            <span aria-hidden className="w-20 text-ink-soft sm:w-24">
              {noun}
            </span>
            {offered
              .filter((each) => each.startsWith(`${noun}:`))
              .map((each) => (
                <label key={each} className="flex min-h-6 min-w-20 items-center gap-2">
                  <input
                    type="checkbox"
                    name={each}
                    defaultChecked={each.endsWith(':read')}
                    className="size-4 accent-accent"
                  />
                  <span>
                    <span className="sr-only">{noun}: </span>
                    {each.slice(noun.length + 1)}
                  </span>
                </label>
              ))}
          </li>
        ))}
      </ul>
      {props.error && <p className="mt-1 text-xs font-medium text-bad">{props.error}</p>}
    </fieldset>
  );
}

/** What was chosen. */
export function permissionsOf(form: FormData): Permission[] {
  return PERMISSIONS.filter((each) => form.has(each));
}
