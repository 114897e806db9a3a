import type { Metadata } from 'next';
import Link from 'next/link';
import { EnvironmentTable } from '../../../features/setting/environment-table.tsx';
import { RetryPlans } from '../../../features/setting/retry-plans.tsx';
import { AskedPage } from '../../../features/shell/asked-page.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { ask, viewerSession } from '../../../server/api.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const [asked, plans, session] = await Promise.all([
    ask((api) => api.showSettings()),
    ask((api) => api.listRetryPlans()),
    viewerSession(),
  ]);
  const mayWrite = session.value?.permissions.includes('routes:write') ?? false;
  return (
    <AskedPage title="Settings" asked={asked}>
      {(settings) => (
        <>
          <PageHeading
            title="Settings"
            says={`Retry plans are changed here; what the environment sets is changed there, and counts after a restart. ${settings.version}.`}
          />
          <div className="flex flex-col gap-4">
            {plans.value && <RetryPlans plans={plans.value.items} mayWrite={mayWrite} />}
            <EnvironmentTable settings={settings.environment} />
            <p className="text-sm text-ink-soft">
              The database keeps the rest, each on its page: <Way to="/routes">routes</Way>,{' '}
              <Way to="/sources">sources</Way>, <Way to="/tls-policy">TLS rules</Way>,{' '}
              <Way to="/bounces/rules">bounce rules</Way>, <Way to="/credentials">credentials</Way> and{' '}
              <Way to="/networks">listed networks</Way> with their limits.
            </p>
          </div>
        </>
      )}
    </AskedPage>
  );
}

function Way({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link href={to} prefetch={false} className="text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}
