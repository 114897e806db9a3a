import nx from '@nx/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { GUARDED, OUTSIDE_BUILTINS, ROOMS } from './house.mjs';

/** What a room may depend on, from its row in the house. */
const depConstraints = Object.entries(ROOMS).map(([name, room]) => ({
  sourceTag: `room:${name}`,
  onlyDependOnLibsWithTags: room.imports.map((each) => `room:${each}`),
}));

/** Outside packages and built-in modules that a room has no row for. */
const perRoom = Object.values(ROOMS).map((room) => ({
  files: [`${room.path}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.ts', '**/testing/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [
          ...GUARDED.filter((each) => !room.outside?.includes(each)),
          ...(OUTSIDE_BUILTINS.floors.includes(room.floor) ? [] : OUTSIDE_BUILTINS.modules),
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores(['**/dist/**', '**/.next/**', '**/generated/**', '**/node_modules/**', '**/*.mjs', '**/next-env.d.ts']),
  {
    files: ['{apps,libs}/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    plugins: { '@nx': nx },
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['{apps,libs}/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints, banTransitiveDependencies: false },
      ],
    },
  },
  ...perRoom,
);
