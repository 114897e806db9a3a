import { expect, test } from 'vitest';
import { tellVariables } from './tell-variables.ts';

test('what is set is told with its value, and a secret only as set', () => {
  const told = tellVariables({
    POSTERN_HOSTNAME: 'mx.example.org',
    POSTERN_SECRET: 'hush',
    DATABASE_URL: 'postgresql://u:hush@db/x',
    REDIS_URL: '',
  });
  const of = (name: string) => told.find((each) => each.name === name);
  expect(of('POSTERN_HOSTNAME')).toMatchObject({ set: true, value: 'mx.example.org' });
  expect(of('POSTERN_SECRET')).toMatchObject({ set: true, value: null });
  expect(of('DATABASE_URL')).toMatchObject({ set: true, value: null });
  expect(of('REDIS_URL')).toMatchObject({ set: false, value: null });
  expect(JSON.stringify(told)).not.toContain('hush');
});
