/** Says what a step does, that it still goes on, and how long it took. */
export async function step(title, work) {
  const started = Date.now();
  const live = process.stdout.isTTY;
  process.stdout.write(live ? `  … ${title}` : `  … ${title}\n`);
  const timer = setInterval(
    () => {
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stdout.write(live ? `\r  … ${title} (${seconds} s)` : `    still at it: ${title} (${seconds} s)\n`);
    },
    live ? 1_000 : 15_000,
  );
  try {
    const result = await work();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${live ? '\r\x1b[K' : ''}  ✓ ${title} (${seconds} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${live ? '\r\x1b[K' : ''}  ✗ ${title}\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
