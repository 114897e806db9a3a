import { smtpSink, temporaryDirectory, waitFor } from '@postern/lab';
import { expect, it } from 'vitest';
import { dialled, mail, streamed } from './testing/dialled.ts';

it("Postfix's smtp-sink receives what was sent, pipelined over one connection", async () => {
  await using directory = await temporaryDirectory();
  await using sink = await smtpSink({ dumpDirectory: directory.path });
  const lines = ['Subject: hard', '', '.', '..', '.hidden', '\xff\xfe ö', 'x'.repeat(50_000), '', '.', ''];
  const octets = Buffer.from(lines.join('\r\n'), 'latin1');
  const connection = await dialled(sink);
  const ends = await Promise.all(
    [mail(octets), streamed(octets, 7), mail(octets)].map((each) => connection.transact(each)),
  );
  expect(ends.flatMap((end) => end.recipients)).toMatchObject(ends.map(() => ({ kind: 'accepted' })));
  await connection.close();
  const dumped = await waitFor(async () => ((await sink.dumped()).length === 3 ? sink.dumped() : undefined), {
    what: 'three dumps',
  });
  for (const { reversePath, forwardPaths, content } of dumped) {
    expect(reversePath).toContain('a@example.org');
    expect(forwardPaths.join()).toContain('b@example.com');
    // smtp-sink writes LF for CRLF.
    expect(content.toString('latin1')).toContain(lines.join('\n'));
  }
});
