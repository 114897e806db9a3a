import { expect, test } from 'vitest';
import { runChild, startChild } from './child.ts';
import { MissingTool, toolPath } from './tool.ts';

test('a peer that is not installed is missed by the name of its package', () => {
  expect(() => toolPath('not-there' as 'swaks')).toThrow(MissingTool);
  expect(new MissingTool('knotd', 'knot').message).toBe(
    'knotd is not installed: apt-get install -y --no-install-recommends knot',
  );
});

test('a peer that fails is quoted', async () => {
  await expect(runChild({ tool: 'openssl', parameters: ['nonsense'] })).rejects.toThrow(/nonsense/);
});

test('a peer that will not end is made to', async () => {
  const child = startChild({ tool: 'openssl', parameters: ['speed', '-seconds', '60', 'sha256'] });
  expect(child.running()).toBe(true);
  await child.stop();
  expect(child.running()).toBe(false);
  expect(await child.ended).toBe('SIGTERM');
});
