import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { endings } from '../endings.mjs';

const PROGRAM = fileURLToPath(new URL('sink-process.mjs', import.meta.url));

/** Starts a counting mail host as a process of its own, on a free port of a loopback address. */
export async function startSink(address = '127.0.0.1') {
  const child = fork(PROGRAM, [address], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const stop = endings.add(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, 'exit');
  });
  const { port } = await said(child, 'listening');
  const ask = (question, event) => {
    const answer = said(child, event);
    child.send(question);
    return answer;
  };
  return {
    address,
    port,
    pid: child.pid,
    stop,
    /** Counts from zero; `complete` resolves when so many different messages have arrived. */
    async expect(messages) {
      const complete = said(child, 'complete');
      complete.catch(() => undefined);
      await ask({ ask: 'expect', messages }, 'ready');
      return { complete };
    },
    counts: () => ask({ ask: 'counts' }, 'counts'),
  };
}

function said(child, event) {
  return new Promise((resolve, reject) => {
    const end = () => {
      child.off('message', listen);
      child.off('exit', fail);
    };
    const listen = (message) => {
      if (message.event !== event) return;
      end();
      resolve(message);
    };
    const fail = (code, signal) => {
      end();
      reject(new Error(`The sink ended (${signal ?? code})`));
    };
    child.on('message', listen);
    child.on('exit', fail);
  });
}
