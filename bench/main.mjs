/**
 * `npm run bench -- NAME`: comparisons with peers, on loopback only.
 *
 * Each comparison is a folder here with one entry; it says what it needs when that is missing.
 */
import { endings } from './endings.mjs';

const COMPARISONS = Object.freeze({
  relay: { says: 'Postern and Postfix side by side: messages/s and CPU per message', entry: './relay/relay.mjs' },
  bounces: {
    says: 'how well the rules tell why mail bounces, on replies whose reasons are known',
    entry: './bounces/bounces.mjs',
  },
  console: { says: 'how long each page of the console takes on a million recipients', entry: './console/console.mjs' },
  export: {
    says: 'from acceptance to the mail host, beside an export of a million recipients',
    entry: './export/export.mjs',
  },
  operations: { says: 'every operation by query on a million recipients', entry: './operations/operations.mjs' },
  pace: { says: 'from acceptance to 10,000 domains, beside a dead site with a backlog', entry: './pace/pace.mjs' },
  'smtp-client': { says: 'our SMTP client beside a bare one, to smtp-sink', entry: './smtp-client.mjs' },
  store: { says: 'what accepting, claiming and recording cost, with any backlog', entry: './store/store.mjs' },
});

const [name, ...parameters] = process.argv.slice(2);
const comparison = Object.hasOwn(COMPARISONS, name ?? '') ? COMPARISONS[name] : undefined;
if (comparison) await run(comparison);
else {
  console.log(help());
  process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : 2;
}

async function run({ entry }) {
  try {
    const { main } = await import(entry);
    process.exitCode = await main(parameters);
  } catch (error) {
    if (!endings.interrupted) console.error(`\nThe comparison failed: ${error.stack ?? error}`);
    process.exitCode = 1;
  } finally {
    await endings.all();
  }
  process.exit();
}

function help() {
  const lines = Object.entries(COMPARISONS).map(([each, { says }]) => `  ${each.padEnd(10)} ${says}`);
  return `npm run bench -- NAME [options]\n\n${lines.join('\n')}\n\nnpm run bench -- NAME --help tells a comparison's options.`;
}
