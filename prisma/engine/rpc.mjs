import { createInterface } from 'node:readline';

/**
 * JSON-RPC 2.0, one message a line: answers every request in the order in which they came, until the input ends.
 *
 * @param {{
 *   input: NodeJS.ReadableStream,
 *   output: NodeJS.WritableStream,
 *   call: (method: string, params: unknown, print: (text: string) => void) => Promise<unknown>,
 * }} door
 */
export async function serveRpc({ input, output, call }) {
  let printed = 0;
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  // A request of ours to the CLI; its reply says nothing and is not waited for.
  const print = (content) => send({ id: `print-${(printed += 1)}`, method: 'print', params: { content } });

  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue;
    try {
      // The CLI takes a reply without a result for a broken one.
      send({ id, result: (await call(method, params, print)) ?? null });
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      send({ id, error: errorObject(error) });
    }
  }
}

/** The error object of the native engine. */
function errorObject({ message, code, meta }) {
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, message, meta: meta ?? null, error_code: code ?? null },
  };
}
