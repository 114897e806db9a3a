import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSink } from './sink.mjs';

let sink;
beforeEach(async () => {
  sink = await startSink();
});
afterEach(() => sink.stop());

test('messages are counted by their forward-path, and one that comes again is a duplicate', async () => {
  const { complete } = await sink.expect(2);
  await converse([
    message('1a@inbox.bench.example', 'one'),
    message('1a@inbox.bench.example', 'one'),
    message('2a@inbox.bench.example', 'two'),
    'QUIT\r\n',
  ]);
  expect(await complete).toMatchObject({ messages: 2, duplicates: 1 });
  expect(await sink.counts()).toMatchObject({ messages: 2, duplicates: 1, connections: 1 });
});

test('a final dot that is cut into octets is found', async () => {
  const { complete } = await sink.expect(1);
  await converse([...message('1a@inbox.bench.example', 'a line\r\n..\r\n.'), 'QUIT\r\n']);
  expect(await complete).toMatchObject({ messages: 1, duplicates: 0 });
});

test('what arrived before does not count for the next measurement', async () => {
  await sink.expect(1);
  await converse([message('1a@inbox.bench.example', 'one'), 'QUIT\r\n']);
  const { complete } = await sink.expect(1);
  await converse([message('1a@inbox.bench.example', 'one'), 'QUIT\r\n']);
  expect(await complete).toMatchObject({ messages: 1, duplicates: 0 });
});

function message(forwardPath, text) {
  return `EHLO a.example\r\nMAIL FROM:<b@a.example>\r\nRCPT TO:<${forwardPath}>\r\nDATA\r\nFrom: b@a.example\r\n\r\n${text}\r\n.\r\n`;
}

/** Writes each part when the one before has left, until the sink closes. */
function converse(parts) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: sink.address, port: sink.port, noDelay: true });
    const rest = [...parts];
    const next = () => {
      const part = rest.shift();
      if (part !== undefined) socket.write(part, () => setImmediate(next));
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.resume();
  });
}
