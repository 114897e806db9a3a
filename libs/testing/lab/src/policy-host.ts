import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Leaf } from './certificates/certificate-authority.ts';

/** A web server of the lab: it serves MTA-STS policies, or misbehaves, and takes what is posted. */
export interface PolicyHost extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** What was asked, in order: `GET mta-sts.example.com /.well-known/mta-sts.txt`. */
  readonly asked: readonly string[];
  /** What was posted. */
  readonly posted: readonly { readonly path: string; readonly type: string; readonly body: Buffer }[];
  /** Changes the answers while it runs. */
  answer(answer: PolicyAnswer): void;
  close(): Promise<void>;
}

export type PolicyAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers with a policy file as it should be. */
export function policyFile(text: string, headers: Readonly<Record<string, string>> = {}): PolicyAnswer {
  return (_, response) => response.writeHead(200, { 'content-type': 'text/plain', ...headers }).end(text);
}

export async function policyHost(options: {
  readonly certificate: Pick<Leaf, 'key' | 'chain'>;
  readonly address?: string;
  readonly port?: number;
  readonly answer?: PolicyAnswer;
}): Promise<PolicyHost> {
  const address = options.address ?? '127.0.0.1';
  const asked: string[] = [];
  const posted: { path: string; type: string; body: Buffer }[] = [];
  let answer = options.answer ?? ((_, response) => response.writeHead(404).end());
  const server = createServer(
    { key: options.certificate.key, cert: options.certificate.chain },
    (request, response) => {
      asked.push(`${request.method} ${request.headers.host} ${request.url}`);
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'POST')
          posted.push({
            path: request.url ?? '',
            type: request.headers['content-type'] ?? '',
            body: Buffer.concat(chunks),
          });
        answer(request, response);
      });
    },
  );
  server.on('tlsClientError', () => undefined);
  server.listen({ host: address, port: options.port ?? 0 });
  await once(server, 'listening');
  const bound = server.address();
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return {
    address,
    port: typeof bound === 'object' && bound ? bound.port : 0,
    asked,
    posted,
    answer: (next) => void (answer = next),
    close,
    [Symbol.asyncDispose]: close,
  };
}
