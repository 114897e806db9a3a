import { ROUTES } from '@postern/admin-contract';
import { readReport } from '@postern/tls-report';
import { conflict, done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Takes in a TLS report that somebody made about domains of ours. What it says is somebody's word, and shown as such. */
export const uploadTlsReport = verb(ROUTES.uploadTlsReport, async ({ store, actor }, { body }) => {
  const reading = readReport(Buffer.from(body.file, 'base64'));
  if (reading.kind === 'invalid')
    return invalid([{ field: 'body.file', message: `Expected a TLS report: ${reading.because}` }]);
  const { report } = reading;
  return store.change(async (changes) => {
    const received = await changes.addTlsReport(report);
    if (!received)
      return conflict(`The report ${report['report-id']} of ${report['organization-name']} is there already`);
    const { id: subjectId, organization, reportId, domains } = received;
    const facts = { organization, domains };
    await changes.audit({
      actor,
      action: 'tls-report.upload',
      subjectId,
      subjectName: reportId,
      reason: undefined,
      facts,
    });
    return done(received);
  });
});
