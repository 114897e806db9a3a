import {
  BellRing,
  Gauge,
  Inbox,
  KeyRound,
  HeartPulse,
  Layers,
  ListChecks,
  MailX,
  MailWarning,
  Settings,
  Waypoints,
  Network,
  Rocket,
  ScrollText,
  ShieldCheck,
  Signature,
  Split,
  Users,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import type { Permission } from '@postern/admin-contract';

export interface Destination {
  readonly path: string;
  readonly word: string;
  readonly icon: LucideIcon;
  /** What one must be allowed to do to find anything there. */
  readonly permission: Permission;
}

/** Where one can go, in groups; only pages that exist. */
export const NAVIGATION: readonly { readonly group: string; readonly destinations: readonly Destination[] }[] = [
  {
    group: 'Mail',
    destinations: [
      { path: '/', word: 'Overview', icon: Gauge, permission: 'ledger:read' },
      { path: '/events', word: 'Events', icon: BellRing, permission: 'events:read' },
      { path: '/queues', word: 'Queues', icon: Layers, permission: 'queues:read' },
      { path: '/messages', word: 'Messages', icon: Inbox, permission: 'messages:read' },
      { path: '/bounces', word: 'Bounces', icon: MailWarning, permission: 'bounces:read' },
      { path: '/suppressions', word: 'Suppressions', icon: MailX, permission: 'bounces:read' },
      { path: '/operations', word: 'Operations', icon: ListChecks, permission: 'messages:read' },
      { path: '/routes', word: 'Routes', icon: Waypoints, permission: 'routes:read' },
      { path: '/sources', word: 'Sources', icon: Split, permission: 'routes:read' },
      { path: '/tls-policy', word: 'TLS policy', icon: ShieldCheck, permission: 'routes:read' },
    ],
  },
  {
    group: 'Access',
    destinations: [
      { path: '/credentials', word: 'Credentials', icon: KeyRound, permission: 'credentials:read' },
      { path: '/domains', word: 'Sending domains', icon: Signature, permission: 'domains:read' },
      { path: '/networks', word: 'Listed networks', icon: Network, permission: 'networks:read' },
    ],
  },
  {
    group: 'Installation',
    destinations: [
      { path: '/first-mail', word: 'First mail', icon: Rocket, permission: 'domains:read' },
      { path: '/readiness', word: 'Readiness', icon: HeartPulse, permission: 'ledger:read' },
      { path: '/settings', word: 'Settings', icon: Settings, permission: 'routes:read' },
      { path: '/accounts', word: 'Accounts', icon: Users, permission: 'accounts:read' },
      { path: '/api-keys', word: 'API keys', icon: Webhook, permission: 'api-keys:read' },
      { path: '/audit', word: 'Audit', icon: ScrollText, permission: 'audit:read' },
    ],
  },
];

/** Whether a destination is where the viewer is, or above it. */
export function isHere(destination: Destination, path: string): boolean {
  return destination.path === '/' ? path === '/' : path === destination.path || path.startsWith(`${destination.path}/`);
}
