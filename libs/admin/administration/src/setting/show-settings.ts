import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** What the environment of the process that answers sets; no secret. */
export const showSettings = verb(ROUTES.showSettings, ({ machine }) =>
  Promise.resolve(done({ version: machine.version, environment: [...machine.environment()] })),
);
