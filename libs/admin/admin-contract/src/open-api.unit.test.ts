import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApiDocument, ROUTES, type Route } from './index.ts';

test('docs/openapi.json is what the routes say', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

test('no two routes share a method and a path', () => {
  const places = Object.values<Route>(ROUTES).map(({ method, path }) => `${method} ${path}`);
  expect(new Set(places).size).toBe(places.length);
});

test('every parameter in a path is parsed, and no other', () => {
  for (const route of Object.values<Route>(ROUTES)) {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(route.params?.shape ?? {}), route.path).toEqual(inPath);
  }
});
