/**
 * How well the rules tell why mail bounces, measured on replies whose reasons are known.
 *
 * The corpus is a file of JSON lines: `reply` (`550 5.1.1 user unknown`), `stage` (MAIL, RCPT, DATA … or null), `class`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure, read } from './measure.mjs';

const OWN = join(import.meta.dirname, '../../libs/mail/bounce/src/testing/replies.jsonl');
const HELP = `npm run bench -- bounces [CORPUS] [--rules FILE] [--wrong]

  CORPUS        JSON lines with reply, stage and class; or set POSTERN_BOUNCE_CORPUS. Without it, the replies that
                the unit tests hold the rules against: real ones are what to measure with
  --rules FILE  measure the rules of this file (as \`postern bounce rules show --json\` writes them)
  --wrong       list the replies that were told otherwise`;

export async function main(parameters) {
  const rulesAt = parameters.indexOf('--rules');
  const rulesFile = rulesAt === -1 ? undefined : parameters[rulesAt + 1];
  const corpus =
    parameters.find((each, index) => !each.startsWith('--') && index !== rulesAt + (rulesAt === -1 ? 0 : 1)) ??
    process.env.POSTERN_BOUNCE_CORPUS ??
    OWN;
  if (parameters.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const built = join(import.meta.dirname, '../../libs/mail/bounce/dist/index.js');
  if (!existsSync(built)) throw new Error('Build first: npm run build');
  const { classifier, DEFAULT_RULE_SET, readRuleSet } = await import(built);
  const ruleSet =
    rulesFile === undefined ? { ok: DEFAULT_RULE_SET } : readRuleSet(JSON.parse(readFileSync(rulesFile, 'utf8')));
  if (ruleSet.faults) throw new Error(ruleSet.faults.map(({ at, message }) => `${at}: ${message}`).join('\n'));
  const figures = measure(read(readFileSync(corpus, 'utf8')), classifier(ruleSet.ok));
  if (parameters.includes('--wrong'))
    for (const each of figures.wrong) console.log(`${each.expected} <- ${each.told} (${each.rule}): ${each.reply}`);
  console.log(report(figures));
  return figures.falseSuppressions / Math.max(1, figures.others) > 0.01 ||
    figures.recall < 0.93 ||
    figures.agreement < 0.75
    ? 1
    : 0;
}

function report({ replies, gone, found, recall, others, falseSuppressions, agreement, suppressedInAll }) {
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  return `${replies} replies
recall of unknown users and domains   ${percent(recall)} (${found} of ${gone}; at least 93 %)
false suppression                     ${falseSuppressions} of ${others} (at most 1 in 100)
the same, with the classes that suppress only when they repeat   ${suppressedInAll} of ${others}
class agreement                       ${percent(agreement)} (at least 75 %)`;
}
