/**
 * A mail host that takes everything and counts it: `node sink-process.mjs ADDRESS`, started by sink.mjs with an IPC channel.
 *
 * Every message carries a forward-path of its own, so a message that comes twice is known as a duplicate. It speaks just
 * enough ESMTP for a relay (EHLO, MAIL, RCPT, DATA, RSET, NOOP, QUIT, with PIPELINING) and looks at each octet of content
 * only to find the final dot: it must never be what the relay waits for.
 */
import { createServer } from 'node:net';

const FINAL_DOT = Buffer.from('\r\n.\r\n');
const EHLO =
  '250-sink.bench.example\r\n250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n';

const tokens = new Set();
const counts = { messages: 0, duplicates: 0, octets: 0, connections: 0 };
let wanted = Number.POSITIVE_INFINITY;

/** One session: replies to all commands of a read are written together. */
function serve(socket) {
  counts.connections += 1;
  socket.setNoDelay(true);
  let rest;
  let forwardPaths = [];
  let inContent = false;
  socket.write('220 sink.bench.example ESMTP\r\n');
  socket.on('error', () => socket.destroy());
  socket.on('data', (read) => {
    let octets = rest === undefined ? read : Buffer.concat([rest, read]);
    let replies = '';
    for (;;) {
      if (inContent) {
        const end = octets.indexOf(FINAL_DOT);
        if (end < 0) {
          // Only what may be the beginning of a final dot is needed again.
          const kept = Math.min(octets.length, FINAL_DOT.length - 1);
          counts.octets += octets.length - kept;
          octets = octets.subarray(octets.length - kept);
          break;
        }
        counts.octets += end + 2;
        octets = octets.subarray(end + FINAL_DOT.length);
        inContent = false;
        replies += '250 2.0.0 Taken\r\n';
        arrived(forwardPaths);
        forwardPaths = [];
        continue;
      }
      const end = octets.indexOf(0x0a);
      if (end < 0) break;
      const line = octets.latin1Slice(0, end).trimEnd();
      octets = octets.subarray(end + 1);
      switch (line.slice(0, 4).toUpperCase()) {
        case 'RCPT':
          forwardPaths.push(line.slice(line.indexOf('<') + 1, line.indexOf('>')));
          replies += '250 2.1.5 Ok\r\n';
          break;
        case 'DATA':
          inContent = true;
          replies += '354 Go on\r\n';
          break;
        case 'EHLO':
          replies += EHLO;
          break;
        case 'QUIT':
          socket.end(`${replies}221 2.0.0 Bye\r\n`);
          return;
        default:
          if (!/^(?:MAIL|RSET|NOOP|HELO)/i.test(line)) replies += '500 5.5.2 What?\r\n';
          else {
            forwardPaths = [];
            replies += '250 2.0.0 Ok\r\n';
          }
      }
    }
    rest = octets.length > 0 ? octets : undefined;
    if (replies !== '') socket.write(replies);
  });
}

function arrived(forwardPaths) {
  for (const each of forwardPaths) {
    if (tokens.has(each)) counts.duplicates += 1;
    else {
      tokens.add(each);
      counts.messages += 1;
      if (counts.messages === wanted) tell('complete');
    }
  }
}

function tell(event) {
  process.send({ event, atNs: String(process.hrtime.bigint()), ...counts });
}

process.on('message', (message) => {
  if (message.ask === 'counts') tell('counts');
  if (message.ask === 'expect') {
    tokens.clear();
    Object.assign(counts, { messages: 0, duplicates: 0, octets: 0, connections: 0 });
    wanted = message.messages;
    tell('ready');
  }
});
process.on('disconnect', () => process.exit(0));

const server = createServer({ noDelay: true }, serve);
server.listen({ host: process.argv[2], port: 0, backlog: 1024 }, () =>
  process.send({ event: 'listening', port: server.address().port }),
);
