import type { Configuration } from '@postern/configuration';
import { reachable } from './supervisor.ts';

/** What is printed once everything answers. */
export interface Announcement {
  readonly configuration: Configuration;
  readonly account: { readonly email: string; readonly password: string | undefined };
  /** The first credential; its secret only when it was made just now. */
  readonly credential: { readonly name: string; readonly secret: string | undefined } | undefined;
}

/** The lines that a person needs to go on, ending in a command that sends a mail. */
export function announce({ configuration, account, credential }: Announcement): string {
  const { listen } = configuration;
  const lines = ['', 'postern ready', ''];
  const [console] = listen.console;
  if (console && configuration.processes.includes('console')) {
    lines.push(`  Console         http://${reachable(console.address)}:${console.port}`);
  }
  lines.push(`  Admin e-mail    ${account.email}`);
  lines.push(`  Admin password  ${account.password ?? 'as set or printed at the first start'}`, '');
  if (!configuration.processes.includes('submission')) return lines.join('\n');
  for (const [title, addresses] of [
    ['Submission  ', listen.submission, 'STARTTLS'],
    ['Submissions ', listen.submissions, 'TLS from the start'],
    ['Relay       ', listen.relay, 'listed networks only'],
  ] as const) {
    for (const each of addresses) lines.push(`  ${title}    ${reachable(each.address)}:${each.port}`);
  }
  if (!credential) return lines.join('\n');
  lines.push(`  Username        ${credential.name}`);
  lines.push(
    `  Password        ${credential.secret ?? 'as printed at the first start (new ones: npx postern credential create)'}`,
  );
  const command = firstMail(configuration, credential);
  if (command) lines.push('', '  Send a mail (put in an address of yours):', '', command);
  return lines.join('\n');
}

function firstMail(
  configuration: Configuration,
  credential: { readonly name: string; readonly secret: string | undefined },
): string | undefined {
  const [starttls] = configuration.listen.submission;
  const [implicit] = configuration.listen.submissions;
  const listener = starttls ?? implicit;
  if (!listener) return undefined;
  const url = `${starttls ? 'smtp' : 'smtps'}://${reachable(listener.address)}:${listener.port}`;
  const sender = `postern@${configuration.hostname.includes('.') ? configuration.hostname : 'postern.example'}`;
  // A generated certificate is nobody's but ours: curl is told not to look for its authority.
  const insecure = configuration.tls ? '' : ' --insecure';
  return [
    `    printf 'From: ${sender}\\r\\nTo: you@example.com\\r\\nSubject: First mail\\r\\n\\r\\nIt works.\\r\\n' |`,
    `      curl --silent --show-error --url ${url} --ssl-reqd${insecure} --user '${credential.name}:${credential.secret ?? 'PASSWORD'}' \\`,
    `        --mail-from ${sender} --mail-rcpt you@example.com --upload-file -`,
  ].join('\n');
}
