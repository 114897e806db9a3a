import { STATUS_CODES } from 'node:http';
import { newProblem, PROBLEM_MEDIA_TYPE, type Problem } from '@postern/admin-contract';
import type { Duplex } from 'node:stream';

/** Why a request is refused before any route is looked for, by the code of the framework's fault: its address is none. */
export function addressProblem(error: Error): Problem {
  const tooLong = 'code' in error && error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const message = tooLong ? 'A name in it is longer than 256 characters' : 'It is no address: % begins no octet there';
  return newProblem('invalid-request', `path: ${message}`, [{ field: 'path', message }]);
}

/** Answers what is not even a request of HTTP, and lets the connection go (RFC 9110 §15.5.9, §15.5.1). */
export function refuseClient(error: Error, socket: Duplex): void {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const problem = clientProblem(code);
  const body = JSON.stringify(problem);
  const fields = [`content-type: ${PROBLEM_MEDIA_TYPE}`, `content-length: ${Buffer.byteLength(body)}`];
  socket.end(
    [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`, ...fields, 'connection: close', '', body].join(
      '\r\n',
    ),
    () => socket.destroy(),
  );
}

function clientProblem(code: unknown): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = 'The header section may have 16 KiB at most';
    return newProblem('too-large', message, [{ field: 'header', message }]);
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { ...newProblem('invalid-request', 'The request did not come whole in time'), status: 408 };
  return newProblem('invalid-request', 'It is no request of HTTP/1.1');
}
