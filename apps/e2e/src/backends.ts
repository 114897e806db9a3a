import { redisServer } from '@postern/lab';

/** The backends of the alarm clock: every test of lanes runs on both. */
export const BACKENDS = ['PostgreSQL', 'Redis'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Starts what a backend needs; the URL is undefined where it needs nothing. */
export async function startBackend(backend: Backend): Promise<AsyncDisposable & { readonly redisUrl?: string }> {
  if (backend === 'PostgreSQL') return { [Symbol.asyncDispose]: async () => undefined };
  const redis = await redisServer();
  return { redisUrl: redis.url, [Symbol.asyncDispose]: () => redis.close() };
}
