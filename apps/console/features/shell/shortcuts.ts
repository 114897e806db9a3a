/** Where `g` and a second key lead. */
export const GO_KEYS: Readonly<Record<string, string>> = {
  o: '/',
  e: '/events',
  q: '/queues',
  m: '/messages',
  b: '/bounces',
  s: '/suppressions',
  p: '/operations',
  t: '/tls-policy',
  c: '/credentials',
  d: '/domains',
  n: '/networks',
  r: '/routes',
  i: '/sources',
  h: '/readiness',
  x: '/settings',
  u: '/accounts',
  k: '/api-keys',
  a: '/audit',
};

/** What else a key does, for the sheet that lists them. */
export const KEY_WORDS: readonly (readonly [keys: readonly string[], says: string])[] = [
  [['Ctrl', 'K'], 'open the command palette (⌘ K on a Mac)'],
  [['?'], 'show this sheet'],
  [['/'], 'to the search of the page'],
  [['j'], 'to the next row of the table'],
  [['k'], 'to the row before'],
  [['Enter'], 'open the row'],
  [[']'], 'to the next page of the table'],
  [['['], 'back to its first page'],
  [['Esc'], 'close what is open'],
];

/** How long `g` waits for its second key. */
const CHORD_MS = 1_500;

/** What a key asks for. */
export type Shortcut =
  | { readonly kind: 'palette' }
  | { readonly kind: 'sheet' }
  | { readonly kind: 'none' }
  | { readonly kind: 'chord' }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'row'; readonly step: 1 | -1 }
  | { readonly kind: 'page'; readonly which: 'first' | 'next' };

/** A key as it was pressed, and when `g` was pressed before it. */
export interface Pressed {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  /** Whether the keyboard writes into a field just now. */
  readonly writing: boolean;
  readonly at: number;
  readonly chordAt: number | undefined;
  /** Whether keys without Ctrl do anything: some people speak or slip onto keys (WCAG 2.1.4). */
  readonly single: boolean;
}

/** What a key asks for; nothing while somebody writes, but for the palette. */
export function shortcutOf({ key, ctrl, alt, writing, at, chordAt, single }: Pressed): Shortcut {
  if (ctrl && !alt && key.toLowerCase() === 'k') return { kind: 'palette' };
  if (ctrl || alt || writing || !single) return { kind: 'none' };
  if (chordAt !== undefined && at - chordAt <= CHORD_MS) {
    const path = GO_KEYS[key];
    return path === undefined ? { kind: 'none' } : { kind: 'go', path };
  }
  switch (key) {
    case 'g':
      return { kind: 'chord' };
    case '?':
      return { kind: 'sheet' };
    case 'j':
      return { kind: 'row', step: 1 };
    case 'k':
      return { kind: 'row', step: -1 };
    case ']':
      return { kind: 'page', which: 'next' };
    case '[':
      return { kind: 'page', which: 'first' };
    default:
      return { kind: 'none' };
  }
}
