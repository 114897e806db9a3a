import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a process that gives way to mail has a priority below normal, and no higher one than it had', async () => {
  const script = `
    const { getPriority, setPriority } = await import('node:os');
    const { giveWayToMail } = await import(${JSON.stringify(new URL('./give-way-to-mail.ts', import.meta.url).href)});
    const before = getPriority();
    giveWayToMail();
    const after = getPriority();
    setPriority(19);
    giveWayToMail();
    console.log(after === Math.max(before, 10) && getPriority() === 19);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  expect(stdout.trim()).toBe('true');
});
