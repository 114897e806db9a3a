import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { GUARDED, OUTSIDE_BUILTINS, packageName, ROOMS } from './house.mjs';

/** What each room may import, from its row in the house: other rooms, guarded packages, modules that reach outside. */
const perRoom = Object.entries(ROOMS).map(([name, room]) => ({
  files: [`${room.path}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [
          ...Object.keys(ROOMS)
            .filter((each) => each !== name && !room.imports.includes(each))
            .map((each) => ({ name: packageName(each), message: `house.mjs does not let ${name} import it.` })),
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
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { '@typescript-eslint/consistent-type-imports': 'error' },
  },
  ...perRoom,
);
