import { z } from 'zod';

/** What a person, an API key or an operator at the command line may be allowed to do. */
export const PERMISSIONS = [
  'ledger:read',
  'events:read',
  'events:command',
  'queues:read',
  'queues:command',
  'messages:read',
  'messages:command',
  /** To read what messages say: their content, shown and downloaded. */
  'messages:content',
  'credentials:read',
  'credentials:write',
  'networks:read',
  'networks:write',
  'routes:read',
  'routes:write',
  'audit:read',
  'accounts:read',
  'accounts:write',
  'api-keys:read',
  'api-keys:write',
  'domains:read',
  'domains:write',
  'bounces:read',
  'bounces:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
export const permission = z.enum(PERMISSIONS);

/** The roles that people have. */
export const ROLES = ['owner', 'operator', 'credentials', 'auditor'] as const;
export type Role = (typeof ROLES)[number];
export const role = z.enum(ROLES);
