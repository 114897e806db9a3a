/** Whether, and when, somebody asked us to end. */
export interface AskedToStop {
  readonly promise: Promise<void>;
  readonly yes: () => boolean;
}

/** Listens for SIGINT, SIGTERM, SIGHUP and the end of the process that started us; asking more than once changes nothing. */
export function askedToStop(): AskedToStop {
  let asked = false;
  const promise = new Promise<void>((resolve) => {
    const stop = () => {
      if (!asked) console.log('\nEnding …');
      asked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // Started by `npm start`: when that is gone, so are we. It may be gone before anybody listened.
    process.on('disconnect', stop);
    if (process.send && !process.connected) stop();
  });
  return { promise, yes: () => asked };
}
