import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Debian's Python: the one that python3-dkim is for. */
const PYTHON = '/usr/bin/python3';

const SCRIPT = `
import dkim, glob, json, logging, os, sys
logging.disable(logging.CRITICAL)
folder = sys.argv[1]
keys = json.load(open(os.path.join(folder, 'keys.json')))
def dns(name, timeout=5):
    return keys[name.decode().rstrip('.')].encode()
answers = {}
for path in sorted(glob.glob(os.path.join(folder, '*.eml'))):
    message = open(path, 'rb').read()
    results = []
    for index in (0, 1):
        try:
            results.append('pass' if dkim.DKIM(message).verify(idx=index, dnsfunc=dns) else 'fail')
        except Exception as fault:
            results.append(str(fault))
    answers[os.path.basename(path)[:-4]] = results
print(json.dumps(answers))
`;

/** What dkimpy says of the two topmost signatures of each message. */
export async function dkimpyVerdicts(
  messages: readonly Buffer[],
  keys: Readonly<Record<string, string>>,
): Promise<readonly (readonly string[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-dkimpy-'));
  try {
    await writeFile(join(folder, 'keys.json'), JSON.stringify(keys));
    await Promise.all(messages.map((each, index) => writeFile(join(folder, `${index}.eml`), each)));
    const { stdout } = await promisify(execFile)(PYTHON, ['-c', SCRIPT, folder], { maxBuffer: 1 << 24 });
    const answers = JSON.parse(stdout) as Readonly<Record<string, readonly string[]>>;
    return messages.map((_, index) => answers[String(index)] ?? []);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
