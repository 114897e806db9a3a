import { userInfo } from 'node:os';
import { cliActor, type Context, verbs } from '@postern/administration';
import { type Configuration, loadSecret } from '@postern/configuration';
import { createStore } from '@postern/prisma-store';
import { systemClock } from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import type { Announcement } from './announcement.ts';

/** The name of the credential that a new installation begins with. */
const FIRST_CREDENTIAL = 'first';
