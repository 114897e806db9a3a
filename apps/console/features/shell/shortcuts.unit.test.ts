import { expect, test } from 'vitest';
import { NAVIGATION } from './navigation.ts';
import { GO_KEYS, shortcutOf, type Pressed } from './shortcuts.ts';

const PRESSED: Pressed = {
  key: 'x',
  ctrl: false,
  alt: false,
  writing: false,
  at: 10_000,
  chordAt: undefined,
  single: true,
};

test('the palette opens with Ctrl and K, also from a field, and with single keys switched off', () => {
  expect(shortcutOf({ ...PRESSED, key: 'k', ctrl: true, writing: true, single: false })).toEqual({ kind: 'palette' });
});

test('no other key does anything while somebody writes, with Ctrl, or once single keys are switched off', () => {
  for (const key of ['?', 'g', 'j', 'k', '[', ']'])
    for (const change of [{ writing: true }, { ctrl: true, alt: true }, { alt: true }, { single: false }])
      expect(shortcutOf({ ...PRESSED, key, ...change }), key).toEqual({ kind: 'none' });
});

test('g and a second key in time go to a page; too late, the key means what it means alone', () => {
  expect(shortcutOf({ ...PRESSED, key: 'q', chordAt: 9_500 })).toEqual({ kind: 'go', path: '/queues' });
  expect(shortcutOf({ ...PRESSED, key: 'j', chordAt: 1 })).toEqual({ kind: 'row', step: 1 });
  expect(shortcutOf({ ...PRESSED, key: 'z', chordAt: 9_500 })).toEqual({ kind: 'none' });
});

test('every page that a key leads to has one key only', () => {
  const paths = Object.values(GO_KEYS);
  expect(new Set(paths).size).toBe(paths.length);
  const known = NAVIGATION.flatMap(({ destinations }) => destinations.map(({ path }) => path));
  expect(paths.filter((path) => known.includes(path)).length).toBeGreaterThan(10);
});
