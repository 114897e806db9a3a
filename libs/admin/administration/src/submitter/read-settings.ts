import type { RequestOf, ROUTES } from '@postern/admin-contract';
import type { Context } from '../context.ts';
import type { SubmitterChange } from '../ports/submitter-admin.ts';
import type { FieldReader } from '../read-fields.ts';

type Given = NonNullable<RequestOf<(typeof ROUTES)['updateNetwork']>['body']>;

/** Reads the settings of a submitter from a request's body; what is wrong with them is noted in `fields`. */
export async function readSettings(
  { store }: Pick<Context, 'store'>,
  fields: FieldReader,
  { note, owner, tag, route, limits, guard }: Omit<Given, 'senderRules' | 'reason'>,
): Promise<SubmitterChange> {
  const found = typeof route === 'string' ? await store.findRoute({ name: route }) : undefined;
  if (typeof route === 'string' && !found) fields.refuse('body.route', `There is no route ${route}`);
  return {
    ...(note === undefined ? {} : { note }),
    ...(owner === undefined ? {} : { owner }),
    ...(tag === undefined ? {} : { tag: tag?.toLowerCase() ?? null }),
    ...(route === undefined ? {} : { routeId: found?.id ?? null }),
    ...(limits === undefined ? {} : { limits: set(limits) }),
    ...(guard?.mode === undefined ? {} : { guardMode: guard.mode }),
    ...(guard?.thresholds === undefined ? {} : { guardThresholds: set(guard.thresholds) }),
  };
}

/** The settings of a request's body as the audit tells them. */
export function settingFacts(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name, value]) => name !== 'reason' && value !== undefined));
}

/** Without the keys that were given as undefined. */
function set<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}
