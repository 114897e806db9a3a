import { execFile } from 'node:child_process';

const WAIT_MS = 2_000;

/** Whether the kernel's clock follows the network's time, as systemd tells it; undefined where there is no systemd. */
export function keepsTime(): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const asked = ['show', '--property=NTPSynchronized', '--value'];
    execFile('timedatectl', asked, { timeout: WAIT_MS }, (error, stdout) => {
      const said = error ? '' : stdout.trim();
      resolve(said === 'yes' ? true : said === 'no' ? false : undefined);
    });
  });
}
