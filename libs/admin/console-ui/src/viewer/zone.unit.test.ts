import { expect, test } from 'vitest';
import { createZone } from './zone.ts';

test('a zone that changes is told, and the first one stays known for what is hydrated late', () => {
  const zone = createZone('UTC');
  const heard: string[] = [];
  const stop = zone.subscribe(() => heard.push(zone.now()));
  zone.set('UTC');
  zone.set('Europe/Vienna');
  stop();
  zone.set('Asia/Tokyo');
  expect(heard).toEqual(['Europe/Vienna']);
  expect([zone.first(), zone.now()]).toEqual(['UTC', 'Asia/Tokyo']);
});
