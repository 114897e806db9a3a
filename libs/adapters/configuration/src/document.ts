import { VARIABLES } from './variables.ts';

/** The page that tells operators about every variable: docs/configuration.md. */
export function configurationDocument(): string {
  const rows = Object.values(VARIABLES).map(({ name, says, meaning }) => `| \`${name}\` | ${says} | ${meaning} |`);
  return [
    '# Configuration',
    '',
    '<!-- Written by scripts/configuration-docs.mjs from libs/adapters/configuration/src/variables.ts. -->',
    '',
    'Postern is configured by environment variables. They are read together at start: a process that finds a fault prints',
    'every fault at once and ends with exit code 78. An unset or empty variable has its default. A variable that starts with',
    '`POSTERN_` and is not in this table is a fault.',
    '',
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
