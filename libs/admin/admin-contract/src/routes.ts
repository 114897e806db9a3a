import type { Route } from './route.ts';
import { ACCOUNT_ROUTES } from './routes/account.ts';
import { API_KEY_ROUTES } from './routes/api-key.ts';
import { AUDIT_ROUTES } from './routes/audit.ts';
import { BOUNCE_ROUTES } from './routes/bounce.ts';
import { BOUNCE_RULE_ROUTES } from './routes/bounce-rule.ts';
import { CREDENTIAL_ROUTES } from './routes/credential.ts';
import { IDENTITY_ROUTES } from './routes/identity.ts';
import { EVENT_ROUTES } from './routes/event.ts';
import { INVITATION_ROUTES } from './routes/invitation.ts';
import { EXPORT_ROUTES } from './routes/export.ts';
import { LEDGER_ROUTES } from './routes/ledger.ts';
import { LISTENER_ROUTES } from './routes/listener.ts';
import { MAIL_ROUTE_ROUTES } from './routes/mail-route.ts';
import { MESSAGE_ROUTES } from './routes/message.ts';
import { CONTENT_FILES, CONTENT_ROUTES } from './routes/content.ts';
import { NETWORK_ROUTES } from './routes/network.ts';
import { OPERATION_ROUTES } from './routes/operation.ts';
import { TLS_REPORT_ROUTES } from './routes/tls-report.ts';
import { POLICY_ROUTES } from './routes/policy.ts';
import { QUEUE_ROUTES } from './routes/queue.ts';
import { QUEUE_PACE_ROUTES } from './routes/queue-pace.ts';
import { READINESS_ROUTES } from './routes/readiness.ts';
import { SAVED_VIEW_ROUTES } from './routes/saved-view.ts';
import { SENDING_DOMAIN_ROUTES } from './routes/sending-domain.ts';
import { UNSUBSCRIBE_ROUTES } from './routes/unsubscribe.ts';
import { RETRY_ROUTES } from './routes/retry.ts';
import { SECURITY_ROUTES } from './routes/security.ts';
import { SESSION_ROUTES } from './routes/session.ts';
import { SETTING_ROUTES } from './routes/setting.ts';
import { SOURCE_ROUTES } from './routes/source.ts';
import { STREAM_ROUTES } from './routes/stream.ts';
import { SUBMITTER_USAGE_ROUTES } from './routes/submitter-usage.ts';
import { SUPPRESSION_ROUTES } from './routes/suppression.ts';
import { SUSPENSION_ROUTES } from './routes/suspension.ts';
import { TREND_ROUTES } from './routes/trend.ts';
import { VOLUME_ROUTES } from './routes/volume.ts';

/** Every route of the admin API, by the name of what it does. */
export const ROUTES = {
  ...SESSION_ROUTES,
  ...LEDGER_ROUTES,
  ...VOLUME_ROUTES,
  ...TREND_ROUTES,
  ...EVENT_ROUTES,
  ...QUEUE_ROUTES,
  ...QUEUE_PACE_ROUTES,
  ...SUSPENSION_ROUTES,
  ...MESSAGE_ROUTES,
  ...CONTENT_ROUTES,
  ...CONTENT_FILES,
  ...SAVED_VIEW_ROUTES,
  ...OPERATION_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...IDENTITY_ROUTES,
  ...LISTENER_ROUTES,
  ...SUBMITTER_USAGE_ROUTES,
  ...NETWORK_ROUTES,
  ...MAIL_ROUTE_ROUTES,
  ...POLICY_ROUTES,
  ...TLS_REPORT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...INVITATION_ROUTES,
  ...SECURITY_ROUTES,
  ...API_KEY_ROUTES,
  ...RETRY_ROUTES,
  ...AUDIT_ROUTES,
  ...SENDING_DOMAIN_ROUTES,
  ...UNSUBSCRIBE_ROUTES,
  ...SUPPRESSION_ROUTES,
  ...BOUNCE_ROUTES,
  ...BOUNCE_RULE_ROUTES,
  ...READINESS_ROUTES,
  ...SETTING_ROUTES,
  ...SOURCE_ROUTES,
  ...EXPORT_ROUTES,
  ...STREAM_ROUTES,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;
