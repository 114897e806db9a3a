/** What a client needs to submit mail. */
export interface Submitting {
  readonly host: string;
  /** The port of the submission listener, with STARTTLS. */
  readonly port: number;
  readonly name: string;
  readonly secret: string;
  /** An address that the credential may send as. */
  readonly sender: string;
  /** Whether the listener's certificate is one that clients can verify. */
  readonly verifiable: boolean;
}

/** Something to copy for one kind of client. */
export interface ClientSnippet {
  readonly key: string;
  readonly word: string;
  /** What to do with it. */
  readonly says: string;
  readonly text: (submitting: Submitting) => string;
}

/** A first mail with curl, which most machines have. */
export function curlSnippet({ host, port, name, secret, sender, verifiable }: Submitting): string {
  return [
    `curl --ssl-reqd${verifiable ? '' : ' --insecure'} ${shell(`smtp://${urlHost(host)}:${port}`)} \\`,
    `  --user ${shell(`${name}:${secret}`)} \\`,
    `  --mail-from ${shell(sender)} \\`,
    `  --mail-rcpt 'someone@example.com' \\`,
    `  --crlf --upload-file - <<'END'`,
    `From: <${sender}>`,
    `To: <someone@example.com>`,
    `Subject: A first mail`,
    ``,
    `It works.`,
    `END`,
  ].join('\n');
}

/** The same with swaks, which shows the whole conversation. */
function swaksSnippet({ host, port, name, secret, sender, verifiable }: Submitting): string {
  return [
    `swaks --server ${shell(host)} --port ${port} --tls${verifiable ? ' --tls-verify' : ''} \\`,
    `  --auth-user ${shell(name)} --auth-password ${shell(secret)} \\`,
    `  --from ${shell(sender)} --to 'someone@example.com' \\`,
    `  --header 'Subject: A first mail' --body 'It works.'`,
  ].join('\n');
}

/** The same with Nodemailer. */
export function nodeSnippet({ host, port, name, secret, sender, verifiable }: Submitting): string {
  return [
    `import { createTransport } from 'nodemailer';`,
    ``,
    `const transport = createTransport({`,
    `  host: ${JSON.stringify(host)},`,
    `  port: ${port},`,
    `  requireTLS: true,`,
    ...(verifiable ? [] : [`  tls: { rejectUnauthorized: false }, // until a certificate is installed`]),
    `  auth: { user: ${JSON.stringify(name)}, pass: ${JSON.stringify(secret)} },`,
    `});`,
    `await transport.sendMail({`,
    `  from: ${JSON.stringify(sender)},`,
    `  to: 'someone@example.com',`,
    `  subject: 'A first mail',`,
    `  text: 'It works.',`,
    `});`,
  ].join('\n');
}

/** The same with Python's standard library. */
export function pythonSnippet({ host, port, name, secret, sender, verifiable }: Submitting): string {
  return [
    `import smtplib, ssl`,
    `from email.message import EmailMessage`,
    ``,
    `message = EmailMessage()`,
    `message["From"] = ${JSON.stringify(sender)}`,
    `message["To"] = "someone@example.com"`,
    `message["Subject"] = "A first mail"`,
    `message.set_content("It works.")`,
    ``,
    verifiable
      ? `tls = ssl.create_default_context()`
      : `tls = ssl._create_unverified_context()  # until a certificate is installed`,
    `with smtplib.SMTP(${JSON.stringify(host)}, ${port}) as smtp:`,
    `    smtp.starttls(context=tls)`,
    `    smtp.login(${JSON.stringify(name)}, ${JSON.stringify(secret)})`,
    `    smtp.send_message(message)`,
  ].join('\n');
}

/** ~/.msmtprc, for everything on a Unix machine that calls sendmail. */
export function msmtpSnippet({ host, port, name, secret, sender, verifiable }: Submitting): string {
  return [
    `account postern`,
    `host ${host}`,
    `port ${port}`,
    `auth on`,
    `user ${name}`,
    `password ${secret}`,
    `from ${sender}`,
    `tls on`,
    `tls_starttls on`,
    ...(verifiable ? [] : [`tls_certcheck off`]),
    ``,
    `account default : postern`,
  ].join('\n');
}

/** Postfix hands on everything that it does not deliver itself. */
function postfixSnippet({ host, port, name, secret, verifiable }: Submitting): string {
  const relay = `[${host}]:${port}`;
  return [
    `postconf -e ${shell(`relayhost = ${relay}`)} \\`,
    `  'smtp_sasl_auth_enable = yes' \\`,
    `  'smtp_sasl_security_options = noanonymous' \\`,
    `  'smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd' \\`,
    `  'smtp_tls_security_level = ${verifiable ? 'secure' : 'encrypt'}'`,
    `umask 077`,
    `echo ${shell(`${relay} ${name}:${secret}`)} >> /etc/postfix/sasl_passwd`,
    `postmap /etc/postfix/sasl_passwd && postfix reload`,
  ].join('\n');
}

/** What to type into a device or an application that asks for it field by field. */
function deviceSnippet({ host, port, name, secret, sender }: Submitting): string {
  return [
    `Server           ${host}`,
    `Port             ${port}`,
    `Encryption       STARTTLS`,
    `Authentication   on (PLAIN or LOGIN)`,
    `User name        ${name}`,
    `Password         ${secret}`,
    `Sender           ${sender}`,
  ].join('\n');
}

/** Every kind of client that there is something ready for. */
export const CLIENT_SNIPPETS: readonly ClientSnippet[] = [
  { key: 'curl', word: 'curl', says: 'Sends a first mail from a shell.', text: curlSnippet },
  { key: 'swaks', word: 'swaks', says: 'Sends a first mail and shows the conversation.', text: swaksSnippet },
  { key: 'node', word: 'Nodemailer', says: 'For a program in Node.', text: nodeSnippet },
  { key: 'python', word: 'Python', says: 'For a program with smtplib.', text: pythonSnippet },
  { key: 'msmtp', word: 'msmtp', says: 'Goes into ~/.msmtprc, readable by its owner only.', text: msmtpSnippet },
  { key: 'postfix', word: 'Postfix', says: 'Makes this gateway its relayhost; run as root.', text: postfixSnippet },
  {
    key: 'device',
    word: 'A printer or device',
    says: 'What its form for outgoing mail asks for, often under Scan to e-mail.',
    text: deviceSnippet,
  },
];

/** One word of a POSIX shell, whatever is in it. */
function shell(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
