import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { formatReportMail, readReport, readReportRecord, reportFileName, type TlsReport } from './index.ts';

const mail = (address: string) => ({ kind: 'mail', address });
const https = (url: string) => ({ kind: 'https', url });

test.each([
  ['v=TLSRPTv1; rua=mailto:reports@example.com', [mail('reports@example.com')]],
  ['v=TLSRPTv1;rua=https://reporting.example.com/v1/tlsrpt;', [https('https://reporting.example.com/v1/tlsrpt')]],
  ['v=TLSRPTv1; rua=mailto:a@x.example , https://y.example/r', [mail('a@x.example'), https('https://y.example/r')]],
  ['v=TLSRPTv1; x=1; rua=mailto:a%21b@x.example', [mail('a!b@x.example')]],
  ['v=TLSRPTv1; rua=ftp://x.example, mailto:a@x.example', [mail('a@x.example')]],
])('the record %s names %j', (text, destinations) => {
  expect(readReportRecord(['v=spf1 -all', text])).toEqual({ kind: 'destinations', destinations });
});

test.each([
  ['none', []],
  ['two', ['v=TLSRPTv1; rua=mailto:a@x.example', 'v=TLSRPTv1; rua=mailto:b@x.example']],
  ['another version', ['v=TLSRPTv2; rua=mailto:a@x.example']],
  ['no rua', ['v=TLSRPTv1; x=1']],
  ['a rua in clear', ['v=TLSRPTv1; rua=http://x.example/']],
  ['a rua with a password', ['v=TLSRPTv1; rua=https://u:p@x.example/']],
  ['a rua with a line break', ['v=TLSRPTv1; rua=mailto:a%0d%0aX@x.example']],
  ['64 KiB', [`v=TLSRPTv1; rua=mailto:${'a'.repeat(65_536)}@x.example`]],
])('%s at _smtp._tls: nobody wants reports', (_, texts) => {
  expect(readReportRecord(texts)).toMatchObject({ kind: 'none' });
});

const report: TlsReport = {
  'organization-name': 'gateway.example',
  'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
  'contact-info': 'postmaster@gateway.example',
  'report-id': '2026-11-21-x',
  policies: [
    {
      policy: {
        'policy-type': 'sts',
        'policy-string': ['version: STSv1'],
        'policy-domain': 'example.com',
        'mx-host': ['mx.example.com'],
      },
      summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 1 },
      'failure-details': [
        { 'result-type': 'certificate-expired', 'failed-session-count': 1, 'receiving-ip': '192.0.2.1' },
      ],
    },
  ],
};

test.each([
  ['JSON', Buffer.from(JSON.stringify(report))],
  ['gzip', gzipSync(JSON.stringify(report))],
])('a report comes as %s', (_, octets) => {
  expect(readReport(octets)).toEqual({ kind: 'report', report });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no JSON', Buffer.from('<html>')],
  ['no report', Buffer.from('{}')],
  ['no policies', Buffer.from(JSON.stringify({ ...report, policies: [] }))],
  ['a negative count', Buffer.from(JSON.stringify(report).replace(':5,', ':-5,'))],
  ['a count beyond numbers', Buffer.from(JSON.stringify(report).replace(':5,', ':9007199254740991,'))],
  ['a date of no calendar', Buffer.from(JSON.stringify(report).replace('2026-11-21T00', '+275760-09-13T00'))],
  ['a bomb', gzipSync(Buffer.alloc(30 * 1_048_576))],
  ['too much', Buffer.alloc(3 * 1_048_576)],
])('%s is no report', (_, octets) => {
  expect(readReport(octets)).toMatchObject({ kind: 'invalid' });
});

test('the mail has the fields, the types and the file name of the standard', () => {
  const start = new Date('2026-11-21T00:00:00Z');
  const fileName = reportFileName({
    submitter: 'gateway.example',
    domain: 'example.com',
    start,
    end: new Date('2026-11-21T23:59:59Z'),
    unique: '1',
  });
  expect(fileName).toBe('gateway.example!example.com!1795219200!1795305599!1.json.gz');
  const { header, body } = formatReportMail({
    from: 'tls-reports@gateway.example',
    to: 'reports@example.com',
    domain: 'example.com',
    submitter: 'gateway.example',
    reportId: 'r1',
    messageId: '<r1@gateway.example>',
    fileName,
    date: start,
    gzip: gzipSync(JSON.stringify(report)),
  });
  const text = header.toString();
  expect(text).toContain(
    'TLS-Report-Domain: example.com\r\nTLS-Report-Submitter: gateway.example\r\nTLS-Required: No\r\n',
  );
  expect(text).toMatch(/Content-Type: multipart\/report; report-type="tlsrpt";\r\n boundary=/);
  expect(body.toString()).toContain('Content-Type: application/tlsrpt+gzip\r\n');
  expect(body.toString()).toContain(`filename="${fileName}"`);
  const base64 = /gz"\r\n\r\n([\s\S]*?)\r\n--/.exec(body.toString())?.[1] ?? '';
  expect(readReport(Buffer.from(base64, 'base64'))).toMatchObject({ kind: 'report' });
  expect(Math.max(...`${text}${body.toString()}`.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
