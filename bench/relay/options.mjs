import { parseArgs } from 'node:util';

const HELP = `npm run bench -- relay [options]

Postern and Postfix side by side, in one run, on loopback: accepted and delivered messages per second, and CPU
milliseconds per message, with a new connection for every message and with reused connections.

  --messages N       messages of a measurement (5000)
  --sessions N       sessions that submit at the same time (20)
  --size OCTETS      content of a message (10240)
  --runs N           pairs of measurements, taken in turn; medians are printed (3)
  --mode MODE        new or reused; both when left out
  --only PEER        postern or postfix; both when left out
  --warm-up N        messages before the first measurement of a run, not counted (1000)
  --idle-wait S      wait so many seconds at most for the machine to be idle before a measurement (20)
  --folder DIR       where data directories and queues are made; must be on a disk (the system's temporary folder)
  --nice N           scheduling priority of everything that is compared, -20 to 19; below 0 it needs root (0)
  --json FILE        write every figure there
  --profile DIR      profile Postern's services into DIR, and tell where their time goes; slows Postern down
  --keep             leave data directories, queues and logs behind
  --help             this text`;

/** A wrong option; the message says which. */
export class WrongUsage extends Error {
  name = 'WrongUsage';
}

/** Reads the options; undefined when only help was asked for, which then has been given. */
export function readOptions(parameters) {
  const { values } = parse(parameters);
  if (values.help) return void console.log(HELP);
  const peers = choice('only', values.only, ['postfix', 'postern']);
  if (values.profile !== undefined && values.only === 'postfix') throw new WrongUsage('--profile is for Postern');
  return Object.freeze({
    messages: count('messages', values.messages),
    sessions: count('sessions', values.sessions),
    sizeOctets: count('size', values.size),
    runs: count('runs', values.runs),
    warmUp: count('warm-up', values['warm-up'], 0),
    idleWaitMs: count('idle-wait', values['idle-wait'], 0) * 1_000,
    nice: nice(values.nice),
    modes: choice('mode', values.mode, ['new', 'reused']),
    peers: values.profile === undefined ? peers : ['postern'],
    folder: values.folder,
    json: values.json,
    profile: values.profile,
    keep: values.keep ?? false,
  });
}

function parse(args) {
  const text = (value) => ({ type: 'string', default: value });
  try {
    return parseArgs({
      args,
      options: {
        messages: text('5000'),
        sessions: text('20'),
        size: text('10240'),
        runs: text('3'),
        'warm-up': text('1000'),
        'idle-wait': text('20'),
        nice: text('0'),
        mode: { type: 'string' },
        only: { type: 'string' },
        folder: { type: 'string' },
        json: { type: 'string' },
        profile: { type: 'string' },
        keep: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new WrongUsage(error.message);
  }
}

function count(name, text, least = 1) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new WrongUsage(`--${name} takes a number from ${least} up, not ${text}`);
  return value;
}

function nice(text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < -20 || value > 19)
    throw new WrongUsage(`--nice takes -20 to 19, not ${text}`);
  return value;
}

function choice(name, chosen, all) {
  if (chosen === undefined) return all;
  if (!all.includes(chosen)) throw new WrongUsage(`--${name} takes ${all.join(' or ')}, not ${chosen}`);
  return [chosen];
}
