import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** Prolongs a lease by `leaseMs` from now. False: it was taken away, and its recipients are no longer ours. */
export async function prolong(pool: Pool, leaseToken: string, leaseMs: number): Promise<boolean> {
  return (await run(pool, PROLONG, [leaseToken, leaseMs])).length === 1;
}

export const PROLONG: Statement = {
  name: 'prolong',
  text: `
    update leases set until = now() + $2::int * interval '1 millisecond' where token = $1::uuid returning true`,
};
