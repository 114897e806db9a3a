/** How much a credential or a listed network may submit; what is undefined is not limited. */
export type SubmitterLimits = { readonly [Name in LimitName]?: number };

export const LIMIT_NAMES = [
  'messagesPerMinute',
  'messagesPerHour',
  'messagesPerDay',
  'recipientsPerMinute',
  'recipientsPerHour',
  'recipientsPerDay',
  /** Octets of one message. */
  'maxMessageOctets',
  /** Recipients of one message. */
  'maxRecipients',
  /** Sessions that are open at the same time, over all processes. */
  'maxSessions',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

const RATES: readonly LimitName[] = LIMIT_NAMES.slice(0, 6);

/** Whether messages must be counted before they are taken. */
export function isRated(limits: SubmitterLimits): boolean {
  return RATES.some((name) => limits[name] !== undefined);
}

/** Limits as the store keeps them; what is none is left out. */
export function readLimits(stored: unknown): SubmitterLimits {
  return readNumbers(LIMIT_NAMES, stored);
}

/** The numbers of an object under names that are known. */
export function readNumbers<Name extends string>(
  names: readonly Name[],
  stored: unknown,
): { readonly [Each in Name]?: number } {
  const read: { [Each in Name]?: number } = {};
  if (typeof stored !== 'object' || stored === null) return read;
  for (const name of names) {
    const value: unknown = Reflect.get(stored, name);
    if (typeof value === 'number' && Number.isFinite(value)) read[name] = value;
  }
  return read;
}
