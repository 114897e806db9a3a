import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { readMessageQuery } from '@postern/administration';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandsOf } from './program.ts';

const ROOT = join(fileURLToPath(import.meta.url), '../../../..');
const DOCUMENTS = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
/** Made in main.ts, which starts processes; by commander; and what `postern up` says. */
const ELSEWHERE = ['up', 'help', 'ready'];
const io = { out: () => undefined, err: () => undefined, env: {}, stdin: Readable.from([]) };

test.for(DOCUMENTS)('every command that %s names is one, with options and values that it takes', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  expect(commandLines(text).flatMap((line) => faultsOf(line))).toEqual([]);
});

test('every query of messages in an example for operators is one', () => {
  const lines = commandLines(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'));
  const queries = lines.flatMap((line) => /^message [a-z|]+ '([^']+)'/.exec(line)?.[1] ?? []);
  expect(queries.length).toBeGreaterThan(4);
  expect(queries.flatMap((query) => [readMessageQuery(query, new Date())]).filter((read) => 'fault' in read)).toEqual(
    [],
  );
});

test('the examples for operators are found, and what is false in one is', () => {
  expect(commandLines(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')).length).toBeGreaterThan(100);
  const wrong = ['queue frobnicate', 'queue list --frobnicate', 'route add --tls maybe', 'message hold|eat QUERY'];
  expect(wrong.filter((line) => faultsOf(line).length === 0)).toEqual([]);
});

/** What stands after `postern` in examples and in code within a sentence. */
function commandLines(text: string): readonly string[] {
  const examples = text.replaceAll(/ \\\n +/g, ' ').matchAll(/^ {4,}(?:npx )?postern (.+)$/gm);
  const said = text.matchAll(/`(?:npx )?postern\s([^`]+)`/g);
  return [
    // What explains an example stands apart from it.
    ...[...examples].flatMap(([, line = '']) => line.split(/ {2,}/).slice(0, 1)),
    ...[...said].map(([, line = '']) => line.replaceAll(/\s+/g, ' ')),
  ].flatMap((line) => line.split(/ ; (?:npx )?postern /));
}

function faultsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/'[^']*'|"[^"]*"|\S+/g)].map(([word]) => word);
  const end = words.findIndex((word) => /^[<>]$/.test(word));
  return faults(commandsOf(io), end === -1 ? words : words.slice(0, end)).map((fault) => `${line}: ${fault}`);
}

function faults(command: Command, words: readonly string[]): readonly string[] {
  const [word = '', ...rest] = words;
  if (command.commands.length === 0) {
    // `policy rule list | remove ID`: what follows is another command of the same noun.
    const bar = words.indexOf('|');
    if (bar === -1 || command.parent === null) return optionFaults(command, words);
    return [...optionFaults(command, words.slice(0, bar)), ...faults(command.parent, words.slice(bar + 1))];
  }
  // `queue` alone and `queue …` name all of its commands.
  if (words.length === 0 || word === '…' || (command.parent === null && ELSEWHERE.includes(word))) return [];
  if (word.startsWith('--')) return word === '--help' ? [] : [`${command.name()} takes no ${word}`];
  return word.split('|').flatMap((name) => {
    const found = command.commands.find((each) => each.name() === name);
    return found ? faults(found, rest) : [`${command.name()} has no ${name}`];
  });
}

function optionFaults(command: Command, words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (!word.startsWith('--')) return [];
    return word.split('|').flatMap((name) => {
      const [long, given = words[index + 1]] = name.split('=');
      const option = command.options.find((each) => each.long === long);
      if (!option) return long === '--help' ? [] : [`${command.name()} takes no ${name}`];
      const choices = option.argChoices;
      const wrong = (given ?? '')
        .split('|')
        .filter((value) => choices && value !== '…' && !choices.includes(value.replaceAll("'", '')));
      return given === undefined
        ? []
        : wrong.map((value) => `${name} is none of ${choices?.join(', ') ?? ''}: ${value}`);
    });
  });
}
