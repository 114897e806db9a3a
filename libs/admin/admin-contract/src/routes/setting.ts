import { z } from 'zod';
import { route } from '../route.ts';

/** A variable of the environment, as the process that answers was started with it. */
export const environmentSetting = z
  .object({
    name: z.string(),
    meaning: z.string(),
    /** The default, in words. */
    says: z.string(),
    set: z.boolean(),
    /** Null where it is unset, or a secret. */
    value: z.string().nullable(),
  })
  .meta({ id: 'EnvironmentSetting' });
export type EnvironmentSetting = z.output<typeof environmentSetting>;

export const SETTING_ROUTES = {
  showSettings: route({
    method: 'GET',
    path: '/api/v1/settings',
    tag: 'Settings',
    summary: 'What the environment sets: each variable, what it means and what it is; secrets are never shown',
    permission: 'routes:read',
    status: 200,
    response: z.object({ version: z.string(), environment: z.array(environmentSetting) }).meta({ id: 'Settings' }),
    problems: [],
  }),
};
