import type { SubmitterLimits, SubmitterUsage } from '@postern/admin-contract';
import type { Context } from '../context.ts';

/** What a submitter uses of the limits that it has, and what was learned of it. */
export async function usageOf(
  { store }: Context,
  { id, limits }: { readonly id: string; readonly limits: SubmitterLimits },
): Promise<SubmitterUsage> {
  const [usage, waiting] = await Promise.all([store.usageOf(id), store.countOpenMail(id)]);
  const of = (name: keyof SubmitterUsage['used']) => (limits[name] === null ? null : usage.used[name]);
  return {
    ...usage,
    waiting,
    used: {
      messagesPerMinute: of('messagesPerMinute'),
      messagesPerHour: of('messagesPerHour'),
      messagesPerDay: of('messagesPerDay'),
      recipientsPerMinute: of('recipientsPerMinute'),
      recipientsPerHour: of('recipientsPerHour'),
      recipientsPerDay: of('recipientsPerDay'),
      maxSessions: of('maxSessions'),
    },
  };
}
