/** What a client needs to submit mail. */
export interface Submitting {
  readonly host: string;
  readonly name: string;
  readonly secret: string;
  /** An address that the credential may send as. */
  readonly sender: string;
}

/** The default port of the submission listener, with STARTTLS. */
const PORT = 2587;

/** A first mail with curl, which most machines have. */
export function curlSnippet({ host, name, secret, sender }: Submitting): string {
  return [
    `curl --ssl-reqd --insecure ${shell(`smtp://${urlHost(host)}:${PORT}`)} \\`,
    `  --user ${shell(`${name}:${secret}`)} \\`,
    `  --mail-from ${shell(sender)} --mail-rcpt 'someone@example.com' \\`,
    `  --crlf --upload-file - <<'END'`,
    `From: <${sender}>`,
    `To: <someone@example.com>`,
    `Subject: A first mail`,
    ``,
    `It works.`,
    `END`,
  ].join('\n');
}

/** The same with Nodemailer. */
export function nodeSnippet({ host, name, secret, sender }: Submitting): string {
  return [
    `import { createTransport } from 'nodemailer';`,
    ``,
    `const transport = createTransport({`,
    `  host: ${JSON.stringify(host)},`,
    `  port: ${PORT},`,
    `  requireTLS: true,`,
    `  tls: { rejectUnauthorized: false }, // until a certificate is installed`,
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
export function pythonSnippet({ host, name, secret, sender }: Submitting): string {
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
    `tls = ssl._create_unverified_context()  # until a certificate is installed`,
    `with smtplib.SMTP(${JSON.stringify(host)}, ${PORT}) as smtp:`,
    `    smtp.starttls(context=tls)`,
    `    smtp.login(${JSON.stringify(name)}, ${JSON.stringify(secret)})`,
    `    smtp.send_message(message)`,
  ].join('\n');
}

/** What to type into a device or an application that asks for it field by field. */
export function deviceSnippet({ host, name, secret, sender }: Submitting): string {
  return [
    `Server       ${host}`,
    `Port         ${PORT}`,
    `Encryption   STARTTLS`,
    `User name    ${name}`,
    `Password     ${secret}`,
    `Sender       ${sender}`,
  ].join('\n');
}

/** One word of a POSIX shell, whatever is in it. */
function shell(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
